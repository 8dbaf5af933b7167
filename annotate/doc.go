// Package annotate gives every frame its place in the documented journey. It
// takes what decode saw, correlates it (lease, query, answer, connection,
// message), asks rules which step that is, and hands labelled frames and
// finished journeys to a Sink, in order, holding no more than it must.
package annotate
