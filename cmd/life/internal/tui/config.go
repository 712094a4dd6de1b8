package tui

import "fmt"

// configure does the lines of the configuration file, which are commands, and
// reads what was opened and typed before.
func (m *model) configure() {
	m.recent, m.history = m.host.lines(recentFile), m.host.lines(historyFile)
	for i, line := range m.host.lines(configFile) {
		if m.execute(line); m.failed != nil {
			m.fail(fmt.Errorf("%s:%d: %w", configFile, i+1, m.failed))
			return
		}
	}
}
