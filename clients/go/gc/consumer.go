package gc

import (
	"context"
	"iter"
	"sync"
)

// consumer is a bounded queue between a session, which never waits, and a loop over its events.
type consumer[T any] struct {
	mu    sync.Mutex
	items []T
	ended bool
	wake  chan struct{}
	// limit bounds what waits beside the picture, which has so many items.
	limit, picture int
	// instead gives what replaces the items of a full queue: it says so, and holds the whole picture.
	instead func() []T
}

// push adds an item; pictured says that instead holds what it tells.
func (c *consumer[T]) push(item T, pictured bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	if len(c.items)-c.picture >= c.limit {
		c.items = c.instead()
		c.picture = len(c.items)
		if !pictured {
			c.items = append(c.items, item)
		}
	} else {
		c.items = append(c.items, item)
	}
	c.signal()
}

// end ends the loop after what waits.
func (c *consumer[T]) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	c.signal()
}

func (c *consumer[T]) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// next waits for an item; false at the end, or when ctx ends.
func (c *consumer[T]) next(ctx context.Context) (item T, more bool) {
	for ctx.Err() == nil {
		c.mu.Lock()
		if len(c.items) > 0 {
			item = c.items[0]
			c.items = c.items[1:]
			c.mu.Unlock()
			return item, true
		}
		ended := c.ended
		c.mu.Unlock()
		if ended {
			return item, false
		}
		select {
		case <-c.wake:
		case <-ctx.Done():
		}
	}
	return item, false
}

// consumers are all loops over one session's events. Its owner calls it under a lock of its own.
type consumers[T any] struct {
	open  map[*consumer[T]]struct{}
	limit int
	over  bool
}

func (c *consumers[T]) add(first []T, instead func() []T) *consumer[T] {
	added := &consumer[T]{
		items: first, wake: make(chan struct{}, 1), limit: c.limit, picture: len(first), instead: instead,
	}
	if c.over {
		added.end()
	} else {
		c.open[added] = struct{}{}
	}
	return added
}

func (c *consumers[T]) push(item T, pictured bool) {
	for one := range c.open {
		one.push(item, pictured)
	}
}

// end ends all, now and later, each after what waits for it.
func (c *consumers[T]) end() {
	c.over = true
	for one := range c.open {
		one.end()
	}
	clear(c.open)
}

// remove lets a consumer go.
func (c *consumers[T]) remove(one *consumer[T]) {
	delete(c.open, one)
	one.end()
}

// loop gives the items of a consumer that is open already: what happens until the loop begins is not missed. gone is
// called at the end of the loop and of ctx; a second loop finds nothing.
func loop[T any](ctx context.Context, one *consumer[T], gone func(*consumer[T])) iter.Seq[T] {
	stop := context.AfterFunc(ctx, func() { gone(one) })
	return func(yield func(T) bool) {
		defer func() {
			stop()
			gone(one)
		}()
		for {
			item, more := one.next(ctx)
			if !more || !yield(item) {
				return
			}
		}
	}
}
