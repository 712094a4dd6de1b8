package bench

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// The lines between which ReplaceBlock puts the table.
const (
	blockBegin = "<!-- bench:begin -->"
	blockEnd   = "<!-- bench:end -->"
)

// WriteMarkdown writes the report as a table for README, with a column for each
// peer that took part.
func (r *Report) WriteMarkdown(w io.Writer) error {
	var b bytes.Buffer
	peers := r.peers()
	b.WriteString("| workload | engine | cold start | warm | speed | memory |")
	for _, p := range peers {
		fmt.Fprintf(&b, " %s |", p)
	}
	b.WriteString("\n|---|---|--:|--:|--:|--:|" + strings.Repeat("--:|", len(peers)) + "\n")
	for i := range r.Rows {
		if row := &r.Rows[i]; !row.IsPeer && row.Refused == "" {
			r.writeMarkdownRow(&b, row, peers)
		}
	}
	fmt.Fprintf(&b, "\n%s; %s; %s. %s\n", r.Machine, r.Machine.Go, r.Time.Format("2 January 2006"), capital(r.Noise.String()))
	b.WriteString("Medians. Every result was compared with its golden population and digest. \"eff.\" counts cells that were\n" +
		"skipped as well. A peer's column is its time from a cold start on the same file, and how it compares.\n")
	_, err := w.Write(b.Bytes())
	return err
}

// peers returns the names of the peers in the report.
func (r *Report) peers() (names []string) {
	seen := map[string]bool{}
	for i := range r.Rows {
		if row := &r.Rows[i]; row.IsPeer && !seen[row.Engine] {
			seen[row.Engine] = true
			names = append(names, row.Engine)
		}
	}
	return names
}

func (r *Report) writeMarkdownRow(b *bytes.Buffer, row *Row, peers []string) {
	fmt.Fprintf(b, "| %s: %s | %s | %s | %s | %s | %s |", row.Workload, row.About, row.label(),
		duration(median(walls(row.Cold))), duration(median(walls(row.Warm))), row.speedText(), memory(row.Peak()))
	for _, name := range peers {
		b.WriteString(" " + r.against(row, name) + " |")
	}
	b.WriteByte('\n')
}

// against writes a peer's time on the row's workload, and the ratio.
func (r *Report) against(row *Row, peer string) string {
	for i := range r.Rows {
		p := &r.Rows[i]
		if p.Workload != row.Workload || p.Engine != peer {
			continue
		}
		if p.Refused != "" {
			return p.Refused
		}
		return fmt.Sprintf("%s, %s", duration(median(walls(p.Cold))), strings.TrimSpace(ratio(p, row)))
	}
	return ""
}

// ReplaceBlock returns text with what is between the lines "<!-- bench:begin -->"
// and "<!-- bench:end -->" replaced. Both must occur once.
func ReplaceBlock(text, block string) (string, error) {
	before, rest, ok1 := strings.Cut(text, blockBegin+"\n")
	_, after, ok2 := strings.Cut(rest, blockEnd)
	if !ok1 || !ok2 || strings.Contains(after, blockBegin) {
		return "", fmt.Errorf("bench: want one line %s and after it one line %s", blockBegin, blockEnd)
	}
	return before + blockBegin + "\n" + block + blockEnd + after, nil
}
