package tui

import (
	"fmt"

	"golife/life"
)

// order is something for the simulation to do once, on its goroutine and between
// two generations. Orders are a list from the newest to the oldest, so that a want
// which replaces another one still holds all that was asked for.
type order struct {
	number int    // of all orders so far
	before *order // the one before; nil once that is done, for the collector
	drops  bool   // a step under way is given up; else it is interrupted and goes on
	do     func(*sim) error
}

// reply is what an order has to tell the model, run on the interface's goroutine.
// The model applies each once; the simulation keeps it until that is known.
type reply struct {
	number int
	do     func(*model)
}

// order asks the simulation to do something once. It fails by a message, which
// begins with the command that is being done.
func (m *model) order(drops bool, do func(*sim) error) {
	if name := m.doing; name != "" {
		inner := do
		do = func(s *sim) error {
			if err := inner(s); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}
	}
	number := 1
	if m.orders != nil {
		number = m.orders.number + 1
	}
	m.orders = &order{number: number, before: m.orders, drops: drops, do: do}
}

// takeReplies runs what is new among the replies of a frame.
func (m *model) takeReplies(all []reply) {
	for _, r := range all {
		if r.number > m.replied {
			m.replied = r.number
			r.do(m)
		}
	}
}

// answer lets the model do something with the next frame.
func (s *sim) answer(do func(*model)) {
	s.replyCount++
	s.replies = append(s.replies, reply{s.replyCount, do})
}

// fail tells the user, and a script, that what was asked for did not work.
func (s *sim) fail(err error) {
	s.answer(func(m *model) { m.fail(err) })
}

// newOrders returns the orders that are still to be done, the oldest first.
func (s *sim) newOrders() (list []*order) {
	for o := s.want.orders; o != nil && o.number > s.ordersDone; o = o.before {
		list = append([]*order{o}, list...)
	}
	return list
}

// obey does the orders that are new, and shows the result. No job may be lent
// the engine; one that was interrupted goes on behind it unless it was dropped.
func (s *sim) obey() {
	list := s.newOrders()
	if len(list) == 0 {
		return
	}
	for _, o := range list {
		s.ordersDone, o.before = o.number, nil
		if err := o.do(s); err != nil {
			s.fail(err)
		}
	}
	s.look()
}

// interruptForOrders makes a job stop for orders that have come.
func (s *sim) interruptForOrders() {
	why := goOn
	for _, o := range s.newOrders() {
		why = max(why, toLook)
		if o.drops {
			why = toDrop
			s.stepsDone, s.cyclesDone = s.want.steps, s.want.cycles
		}
	}
	if why != goOn {
		s.interrupt(why)
	}
}

// editor returns the engine as one whose cells can be changed.
func (s *sim) editor() (life.Editor, error) {
	if e, ok := s.engine.(life.Editor); ok {
		return e, nil
	}
	return nil, fmt.Errorf("engine %s: cells cannot be changed under it", s.chosen().Name)
}
