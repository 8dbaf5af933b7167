package flow

import "time"

// queue holds conversations that expire after the same idle time, in the order
// in which they were looked at last. A frame does not move its conversation:
// when its turn comes, one that was seen since goes to the end. That keeps
// frames cheap, and a conversation stays at most twice its idle time.
type queue struct {
	idle        time.Duration
	first, last *Conversation
	n           int
}

// push puts c at the end, as looked at at the time now.
func (q *queue) push(c *Conversation, now time.Time) {
	c.queue, c.prev, c.next, c.checked = q, q.last, nil, now
	if q.last != nil {
		q.last.next = c
	} else {
		q.first = c
	}
	q.last = c
	q.n++
}

// remove takes c out.
func (q *queue) remove(c *Conversation) {
	if c.prev != nil {
		c.prev.next = c.next
	} else {
		q.first = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	} else {
		q.last = c.prev
	}
	c.queue, c.prev, c.next = nil, nil, nil
	q.n--
}

// expired gives the next conversation that was not seen for the idle time, and
// sends those before it that were to the end.
func (q *queue) expired(now time.Time) *Conversation {
	for c := q.first; c != nil && now.Sub(c.checked) >= q.idle; c = q.first {
		if now.Sub(c.Last) >= q.idle {
			return c
		}
		q.remove(c)
		q.push(c, now)
	}
	return nil
}

// oldest gives a conversation that was not seen for long: the first that was not seen
// since it was looked at. After a few that were, any will do.
func (q *queue) oldest(now time.Time) *Conversation {
	for range 16 {
		c := q.first
		if c == nil || !c.Last.After(c.checked) {
			break
		}
		q.remove(c)
		q.push(c, now)
	}
	return q.first
}
