package checkpoint

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"math/big"
	"os"
	"time"

	"golife/life"
	"golife/life/rule"
	"golife/life/run"
)

// Errors of Read that a caller may branch on with errors.Is.
var (
	// ErrForeign says that a file is no checkpoint, or one of a version that this
	// package does not read.
	ErrForeign = errors.New("not a checkpoint")
	// ErrDamaged says that a checkpoint has been cut short or changed.
	ErrDamaged = errors.New("damaged checkpoint")
)

// title is what each file begins with; the number is the version of the layout.
const (
	title     = "golife checkpoint "
	titleLine = title + "1\n"
)

// Run says which run a checkpoint is of. A run may be resumed when all fields are
// equal; its goal and its engine may change.
type Run struct {
	Digest string   `json:"digest"` // of the pattern that the run began with
	Rule   string   `json:"rule"`
	From   *big.Int `json:"from"`  // the generation of that pattern
	Until  string   `json:"until"` // the event that is looked for; "" is none
	// Table is what the rule of a file does, rule.Rule.TreeDigest; "" for other rules.
	Table string `json:"table,omitempty"`
}

// RunOf returns the Run of a pattern that is run until an event.
func RunOf(p *life.Pattern, until string) Run {
	return Run{p.Digest(), p.Rule().String(), p.Generation(), until, p.Rule().TreeDigest()}
}

// Difference returns in what other is another run, as "THING: found X, wanted Y", or "".
func (r Run) Difference(other Run) string {
	switch {
	case r.Digest != other.Digest:
		return fmt.Sprintf("pattern: found one with digest %s, wanted %s", r.Digest, other.Digest)
	case r.Rule != other.Rule:
		return fmt.Sprintf("rule: found %s, wanted %s", r.Rule, other.Rule)
	case r.Table != other.Table:
		return fmt.Sprintf("table of rule %s: found one with digest %.16s, wanted %.16s", r.Rule, r.Table, other.Table)
	case r.From.Cmp(other.From) != 0:
		return fmt.Sprintf("generation of the pattern: found %v, wanted %v", r.From, other.From)
	case r.Until != other.Until:
		return fmt.Sprintf("--until: found %q, wanted %q", r.Until, other.Until)
	}
	return ""
}

// header is the line of JSON.
type header struct {
	Run
	Generation *big.Int `json:"generation"`
	Busy       int64    `json:"nanoseconds"`
	StepExp    uint16   `json:"step_exponent"`
	Multi      bool     `json:"multi_state"`
	Counts     []uint32 `json:"counts"` // of leaves and of the nodes of each level above
}

// Write writes a checkpoint of a run to the file name, as WriteFile does.
func Write(name string, r Run, s run.State) error {
	return WriteFile(name, func(w io.Writer) error { return encode(w, r, s) })
}

func encode(w io.Writer, r Run, s run.State) error {
	p := s.Present
	h := header{r, p.Generation(), int64(s.Busy), uint16(min(s.StepExp, math.MaxUint16)), p.IsMultiState(), nil}
	h.Counts = append(h.Counts, uint32(max(len(p.Leaves()), len(p.States()))-1))
	for level := life.LeafLevel + 1; level <= p.Level(); level++ {
		h.Counts = append(h.Counts, uint32(len(p.Nodes(level))-1))
	}
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	sum := sha256.New()
	b := bufio.NewWriterSize(io.MultiWriter(w, sum), 1<<16)
	b.WriteString(titleLine)
	b.Write(append(line, '\n'))
	for _, v := range p.Leaves()[min(1, len(p.Leaves())):] {
		b.Write(binary.LittleEndian.AppendUint64(b.AvailableBuffer(), v))
	}
	for _, v := range p.States()[min(1, len(p.States())):] {
		for _, c := range v {
			b.WriteByte(byte(c))
		}
	}
	for level := life.LeafLevel + 1; level <= p.Level(); level++ {
		for _, q := range p.Nodes(level)[1:] {
			out := b.AvailableBuffer()
			for _, c := range q {
				out = binary.LittleEndian.AppendUint32(out, uint32(c))
			}
			b.Write(out)
		}
	}
	if err := b.Flush(); err != nil {
		return err
	}
	_, err = w.Write(sum.Sum(nil))
	return err
}

// Read reads a checkpoint. parseRule turns its rulestring into a rule, as rule.Parse does;
// it must know rules of files. The error wraps ErrForeign or ErrDamaged, or is that of the
// file system.
func Read(name string, parseRule func(string) (*rule.Rule, error)) (Run, run.State, error) {
	f, err := os.Open(name)
	if err != nil {
		return Run{}, run.State{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Run{}, run.State{}, err
	}
	return decode(f, info.Size(), parseRule)
}

// decode reads a checkpoint of size bytes.
func decode(in io.Reader, size int64, parseRule func(string) (*rule.Rule, error)) (Run, run.State, error) {
	none := func(err error) (Run, run.State, error) { return Run{}, run.State{}, err }
	d := &decoder{in: bufio.NewReaderSize(in, 1<<16), sum: sha256.New()}
	start, err := d.in.Peek(len(titleLine))
	if string(start) != titleLine {
		return none(refuse(start, err))
	}
	d.bytes(len(titleLine))
	line, err := d.in.ReadBytes('\n')
	if err != nil {
		return none(fmt.Errorf("%w: its second line does not end", ErrDamaged))
	}
	d.sum.Write(line)
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return none(fmt.Errorf("%w: its second line: %v", ErrDamaged, err))
	}
	if err := h.check(size - int64(len(titleLine)+len(line))); err != nil {
		return none(err)
	}
	rl, err := parseRule(h.Rule)
	if err != nil {
		return none(fmt.Errorf("%w: %w", ErrDamaged, err))
	}
	b := life.NewBuilder(rl)
	if h.Multi != (rl.States() != 2) {
		return none(fmt.Errorf("%w: its leaves do not fit rule %s", ErrDamaged, rl))
	}
	b.SetGeneration(h.Generation)
	if err := d.tree(b, &h); err != nil {
		return none(err)
	}
	return h.Run, run.State{Present: b.Pattern(), Busy: time.Duration(h.Busy), StepExp: uint(h.StepExp)}, nil
}

// refuse says what a file with a wrong beginning is.
func refuse(start []byte, err error) error {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	switch {
	case err != nil && err != io.EOF:
		return err
	case len(start) == 0:
		return fmt.Errorf("%w: found nothing", ErrForeign)
	case bytes.HasPrefix(line, []byte(title)):
		return fmt.Errorf("%w: found version %q, want 1", ErrForeign, line[len(title):])
	case bytes.HasPrefix([]byte(titleLine), start):
		return fmt.Errorf("%w: it ends in its first line", ErrDamaged)
	}
	return fmt.Errorf("%w: found %q, want %q", ErrForeign, line, title+"1")
}

// maxLevels bounds the number of tables, as a Pattern's level is an int32 at most.
const maxLevels = 1 << 24

// check compares what the header claims with the size of what follows it.
func (h *header) check(rest int64) error {
	if h.From == nil || h.Generation == nil || h.Generation.Cmp(h.From) < 0 {
		return fmt.Errorf("%w: its generations make no sense", ErrDamaged)
	}
	if len(h.Counts) < 2 || len(h.Counts) > maxLevels {
		return fmt.Errorf("%w: found %d tables", ErrDamaged, len(h.Counts))
	}
	want := int64(sha256.Size)
	for i, n := range h.Counts {
		switch {
		case i > 0:
			want += 16 * int64(n)
		case h.Multi:
			want += 64 * int64(n)
		default:
			want += 8 * int64(n)
		}
	}
	if want != rest {
		return fmt.Errorf("%w: found %d bytes of tables, want %d", ErrDamaged, rest, want)
	}
	if h.Counts[len(h.Counts)-1] > 1 {
		return fmt.Errorf("%w: it has no root", ErrDamaged)
	}
	return nil
}

// decoder reads tables and keeps the checksum of what it has read.
type decoder struct {
	in  *bufio.Reader
	sum hash.Hash
	buf [64]byte
	err error // the first one
}

// bytes returns the next n bytes, at most 64, valid until the next call.
func (d *decoder) bytes(n int) []byte {
	out := d.buf[:n]
	if _, err := io.ReadFull(d.in, out); err != nil && d.err == nil {
		d.err = err
	}
	d.sum.Write(out)
	return out
}

// tree reads all tables into b, and the checksum.
func (d *decoder) tree(b *life.Builder, h *header) error {
	ids, err := d.leaves(b, h)
	if err != nil {
		return err
	}
	for i, n := range h.Counts[1:] {
		level := life.LeafLevel + 1 + i
		b.Reserve(level, int(n))
		up := make([]life.NodeID, n+1)
		for k := 1; k < len(up) && d.err == nil; k++ {
			var q life.Quad
			raw := d.bytes(16)
			for j := range q {
				c := binary.LittleEndian.Uint32(raw[4*j:])
				if int64(c) >= int64(len(ids)) {
					return fmt.Errorf("%w: node %d of level %d has a child %d of %d", ErrDamaged, k, level, c, len(ids)-1)
				}
				q[j] = ids[c]
			}
			up[k] = b.Node(level, q)
		}
		ids = up
	}
	want := d.sum.Sum(nil)
	found := d.bytes(sha256.Size)
	switch {
	case d.err != nil:
		return fmt.Errorf("%w: %v", ErrDamaged, d.err)
	case !bytes.Equal(found, want):
		return fmt.Errorf("%w: its checksum is wrong", ErrDamaged)
	}
	b.AddTree(life.LeafLevel+len(h.Counts)-1, ids[len(ids)-1])
	return nil
}

// leaves reads the leaves into b and returns their names there.
func (d *decoder) leaves(b *life.Builder, h *header) ([]life.NodeID, error) {
	ids := make([]life.NodeID, h.Counts[0]+1)
	b.Reserve(life.LeafLevel, int(h.Counts[0]))
	most := life.State(255)
	if n := b.Rule().States(); n > 0 && n <= 256 {
		most = life.State(n - 1)
	}
	for k := 1; k < len(ids) && d.err == nil; k++ {
		if !h.Multi {
			ids[k] = b.Leaf(binary.LittleEndian.Uint64(d.bytes(8)))
			continue
		}
		var s life.LeafStates
		for i, c := range d.bytes(64) {
			s[i] = life.State(c)
			if s[i] > most {
				return nil, fmt.Errorf("%w: state %d under rule %s", ErrDamaged, c, b.Rule())
			}
		}
		ids[k] = b.LeafStates(&s)
	}
	return ids, nil
}
