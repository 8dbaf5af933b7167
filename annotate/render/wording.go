package render

import "github.com/pktjourney/pktjourney/rules"

// wording is what the table itself says, apart from the journey's own words.
type wording struct {
	// Heads of columns.
	number, time, journey, place, source, destination, protocol, step, does string
	phase, steps                                                            string

	frames       [2]string // "%d": how many; one, several
	noFrames     string    // the capture is empty
	dropped      string    // "%d": frames that the capture lacks
	takenAt      string    // "%s": one of points
	points       [6]string // in the order of rules.Point
	broadcast    string    // the address of everybody
	journeyLine  string    // "%d": number of a journey
	segment, ack [2]string // "%d": in a folded run; one, several
	datagram     [2]string // the same
	duplicates   string    // "%d": of those ACKs
	and          string    // between segments and ACKs
	bytes        string    // "%s": how many

	deduced     string    // legend of the asterisk
	incomplete  string    // a journey without its end
	whole       string    // "%s": the time of a whole journey
	parts       [5]string // of that time: DHCP, DNS, TCP, TLS, first byte
	differences string
	routing     string    // heading of what routers told each other
	path        string    // heading of the way of packets past several points
	hop         string    // "%d": TTL
	clock       string    // "%s" twice: how far a point's clock was ahead, of which it is
	outside     [2]string // "%d": frames outside the journey; one, several
	outsideHint [2]string // how to see them
	more        [2]string // "%d": journeys that are not shown; one, several
	limits      string    // heading of the limits that were reached
	onlyPart    string    // "%s": why the capture could not be read to its end
}

var wordings = [...]wording{
	rules.English: {
		number: "No", time: "Time", journey: "J", place: "At", source: "Source", destination: "Destination",
		protocol: "Proto", step: "Step", does: "What it does", phase: "Phase", steps: "Steps",
		frames: [2]string{"%d frame", "%d frames"}, noFrames: "no frames", dropped: "%d more dropped by the capture",
		takenAt:   "taken at %s",
		points:    [6]string{"an unknown place", "the client", "a router", "the resolver", "a name server", "the web server"},
		broadcast: "broadcast", journeyLine: "Journey %d",
		segment: [2]string{"%d more segment", "%d more segments"}, ack: [2]string{"%d ACK", "%d ACKs"},
		datagram:   [2]string{"%d more datagram", "%d more datagrams"},
		duplicates: ", %d of them duplicate", and: " and ", bytes: " (%s bytes)",
		deduced: "deduced", incomplete: "not complete", whole: "%s in all",
		parts:       [5]string{"DHCP", "DNS", "TCP handshake", "TLS handshake", "first byte"},
		differences: "Where these packets differ from the document",
		routing:     "What routers told each other of the way",
		path:        "The same packet at each point", hop: "TTL %d", clock: "its clock was %s ahead of that of %s",
		outside:     [2]string{"%d frame outside the journey", "%d frames outside the journey"},
		outsideHint: [2]string{" (--all shows it)", " (--all shows them)"},
		more:        [2]string{"%d more journey (--summary shows it)", "%d more journeys (--summary shows them all)"},
		limits:      "What was given up because a limit was reached",
		onlyPart:    "Only a part could be read: %s",
	},
	rules.Korean: {
		number: "번호", time: "시간", journey: "여정", place: "위치", source: "출발지", destination: "목적지",
		protocol: "프로토콜", step: "단계", does: "하는 일", phase: "PHASE", steps: "단계와 프레임",
		frames: [2]string{"프레임 %d개", "프레임 %d개"}, noFrames: "프레임 없음", dropped: "캡처가 놓친 프레임 %d개",
		takenAt:   "캡처 위치: %s",
		points:    [6]string{"알 수 없음", "클라이언트", "라우터", "리졸버", "네임 서버", "웹 서버"},
		broadcast: "브로드캐스트", journeyLine: "여정 %d",
		segment: [2]string{"세그먼트 %d개 더", "세그먼트 %d개 더"}, ack: [2]string{"ACK %d개", "ACK %d개"},
		datagram:   [2]string{"데이터그램 %d개 더", "데이터그램 %d개 더"},
		duplicates: " (중복 %d개)", and: ", ", bytes: " (%s바이트)",
		deduced: "추론함", incomplete: "끝까지 가지 못함", whole: "모두 %s",
		parts:       [5]string{"DHCP", "DNS", "TCP 연결", "TLS 핸드셰이크", "첫 바이트"},
		differences: "문서와 실제 패킷이 다른 점",
		routing:     "라우터들이 서로 알린 경로",
		path:        "각 지점에서 본 같은 패킷", hop: "TTL %d", clock: "시계가 %[2]s보다 %[1]s 빨랐음",
		outside:     [2]string{"여정 밖의 프레임 %d개", "여정 밖의 프레임 %d개"},
		outsideHint: [2]string{" (--all 로 볼 수 있음)", " (--all 로 볼 수 있음)"},
		more:        [2]string{"그 밖의 여정 %d개 (--summary 로 볼 수 있음)", "그 밖의 여정 %d개 (--summary 로 모두 볼 수 있음)"},
		limits:      "한도에 이르러 포기한 것",
		onlyPart:    "일부만 읽음: %s",
	},
}

// counted picks the form for n.
func counted(forms [2]string, n int) string {
	if n == 1 {
		return forms[0]
	}
	return forms[1]
}
