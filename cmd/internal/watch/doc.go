// Package watch is what somebody sees who watches a live capture on a terminal: the newest journeys as phases and
// steps that light up, the last frames under them, rates and drops.
package watch
