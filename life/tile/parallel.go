package tile

import "sync"

// shareTiles is the fewest tiles that are worth a goroutine: some 10 µs of work.
const shareTiles = 128

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
	var wg sync.WaitGroup
	for i, w := range used {
		part := queue[i*len(queue)/len(used) : (i+1)*len(queue)/len(used)]
		wg.Go(func() { w.step(e.u, part) })
	}
	wg.Wait()
	return used
}
