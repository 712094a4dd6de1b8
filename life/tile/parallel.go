package tile

// shareTiles is the fewest tiles that are worth a goroutine: some 5 µs of work.
const shareTiles = 64

// stepAll visits the queued tiles and returns the workers whose lists say what
// came of it. A visit reads and writes its own tile only, so that the tiles may
// be shared out in any way.
func (e *Engine) stepAll() []*worker {
	queue := e.u.queue
	used := e.workers[:max(1, min(len(e.workers), len(queue)/shareTiles))]
	first, second := e.networks()
	room := e.room() / int64(len(used))
	for _, w := range used {
		w.first, w.second = first, second
		w.room = room
	}
	if len(used) == 1 {
		used[0].step(e.u, queue)
		return used
	}
	e.team.Do(len(used), func(i int) {
		used[i].step(e.u, queue[i*len(queue)/len(used):(i+1)*len(queue)/len(used)])
	})
	return used
}
