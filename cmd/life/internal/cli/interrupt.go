package cli

import (
	"context"
	"io"
)

// ctxReader fails once its context is done.
type ctxReader struct {
	ctx context.Context
	io.Reader
}

// Read implements io.Reader.
func (r ctxReader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}

// ctxWriter fails once its context is done.
type ctxWriter struct {
	ctx context.Context
	io.Writer
}

// Write implements io.Writer.
func (w ctxWriter) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(b)
}
