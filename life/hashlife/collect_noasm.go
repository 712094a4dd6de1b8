//go:build !amd64 || noasm || race

package hashlife

import "golife/life/internal/lookup"

func unpack(to []wideNode, from []lookup.Packed) { unpackGo(to, from) }

func pack(to []lookup.Packed, from []wideNode) { packGo(to, from) }

func unpack25(to []wideNode, from []lookup.Packed25) { unpack25Go(to, from) }

func pack25(to []lookup.Packed25, from []wideNode) { pack25Go(to, from) }

func (m *collector) move(to *nodeBlock, from []wideNode, kept uint64) { m.moveGo(to, from, kept) }

func (m *collector) valueResults() { m.valueResultsGo() }

func (m *collector) passFrom(end id) (late id) { return m.passFromGo(end) }
