package rules

// Point is where on the path a capture was taken.
type Point uint8

// The capture points.
const (
	Unknown Point = iota // nothing tells; taken as the client's
	Client
	Router
	Resolver
	NameServer
	WebServer

	pointCount
)

var pointNames = [pointCount]string{"unknown", "client", "router", "resolver", "name-server", "web-server"}

// String is the point's name in flags, data files and output.
func (p Point) String() string { return pointNames[p%pointCount] }

// ParsePoint finds a point by its name.
func ParsePoint(name string) (Point, bool) {
	for p, n := range pointNames {
		if n == name {
			return Point(p), true
		}
	}
	return Unknown, false
}

// Points is a set of capture points; the empty set stands for all of them.
type Points uint8

// Has reports whether p is in the set. Unknown counts as Client.
func (s Points) Has(p Point) bool {
	if p == Unknown {
		p = Client
	}
	return s == 0 || s&(1<<p) != 0
}

// With is the set with p in it.
func (s Points) With(p Point) Points { return s | 1<<p }

// Names are the names of the points in the set, none for the empty one.
func (s Points) Names() []string {
	var names []string
	for p := Client; p < pointCount; p++ {
		if s&(1<<p) != 0 {
			names = append(names, p.String())
		}
	}
	return names
}
