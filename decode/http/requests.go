package http

// maxWaiting bounds the requests that wait for their answers.
const maxWaiting = 1024

// requests are those without a final response, in the order in which they are
// answered (RFC 9112 section 9.3.2).
type requests struct {
	list []*Message
	over bool // there were too many: nothing is paired any more
}

func (r *requests) add(m *Message) {
	if len(r.list) == maxWaiting {
		r.forget()
		r.over = true
	}
	if !r.over {
		r.list = append(r.list, m)
	}
}

// answer gives the request that a response with the status code answers, or nil.
// After an interim response (RFC 9110 section 15.2) another one comes.
func (r *requests) answer(code int) *Message {
	if len(r.list) == 0 {
		return nil
	}
	m := r.list[0]
	if code/100 == 1 && code != 101 {
		return m
	}
	n := copy(r.list, r.list[1:])
	r.list[n] = nil
	r.list = r.list[:n]
	return m
}

func (r *requests) forget() { r.list = nil }
