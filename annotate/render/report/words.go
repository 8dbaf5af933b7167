package report

import "github.com/pktjourney/pktjourney/rules"

// words are what a report says by itself, in one language.
type words struct {
	Title, By, Course, Date          string
	Capture, File, SHA256, Taken     string
	Frames, Contents                 string
	Glance, Phase, Steps, Time       string
	Complete, Incomplete             string
	Waterfall, WaterfallNote         string
	Ladder, LadderNote, Folded       string // "%d": frames of a folded run
	LadderMore                       string // "%d": frames that the figure leaves out
	StepByStep, Document, Simplified string
	Here, Fields, Reason             string
	MoreFrames                       string // "%d"
	Encapsulation, EncapsulationNote string
	EncapsulationOf                  string // step, frame
	Bytes                            string // "%d"
	MoreBytes                        string // "%d"
	Differences, NoDifferences       string
	Missing, NoMissing               string
	Routing                          string
	Questions                        string
	Appendix, AppendixNote           string
	Beyond                           string // "%d": frames that are not listed
	Search, AnyPhase, AnyStep, Host  string
	Outside, NoFrames, Shown         string // Shown: two numbers, filled in by the script
	ShowMore, Close, Details         string
	LeansOn, Basis                   string
	Observed, Deduced, MissingState  string
	NotVisible                       string // of a step that can not be seen from the capture point
	NotNeeded                        string // of a step that this journey's way does not have
	OutsideTitle                     string
	Journey                          string // number
	MoreJourneys                     string // "%d"
	NoJourney                        string
	Made, Again, Digest              string
	Number, Source, Destination      string
	Protocol, Step, Does             string
	Script                           string
	Client, Gateway, DNS, Web        string
	OtherHost, Everybody             string
	Parts                            [6]string // DHCP, DNS, TCP, TLS, first byte, content
	Skip                             string
	OnlyPart                         string // "%s"
	Lost                             string // "%d"
}

var wordings = [...]words{
	rules.English: {
		Title: "From an address to a web page", By: "Author", Course: "Course", Date: "Date",
		Capture: "Capture", File: "File", SHA256: "SHA-256", Taken: "Captured", Frames: "Frames", Contents: "Contents",
		Glance: "The journey at a glance", Phase: "Phase", Steps: "Steps and their first frames", Time: "Time",
		Complete: "Complete: no step that can be seen from here is missing", Incomplete: "Not complete: a step that could be seen from here is missing",
		Waterfall: "What took the time", WaterfallNote: "One row for each part, one behind the other. Time in which nothing of the journey happened is left out, and DHCP has a scale of its own.",
		Ladder: "Who says what to whom", LadderNote: "Time runs down. Each arrow is a frame, in the colour of its phase; the number at the left is the frame's. Choose one to read why it has its step.",
		Folded: "%d more frames of the same step", LadderMore: "%d further frames are in the appendix.",
		StepByStep: "Step by step", Document: "What the document teaches", Simplified: "Where it simplifies", Here: "What this capture shows", Fields: "Fields", Reason: "Why",
		MoreFrames: "and %d more", Encapsulation: "Encapsulation, byte by byte",
		EncapsulationNote: "From the outside in: each header wraps what stands below it. The bytes are those of the frame, in hexadecimal.",
		EncapsulationOf:   "Step %s, frame %d", Bytes: "%d bytes", MoreBytes: "and %d more bytes",
		Differences: "Where these packets differ from the document", NoDifferences: "Nowhere.", Missing: "Steps that are missing, and why", NoMissing: "None.",
		Routing: "What routers told each other of the way", Questions: "Questions and answers",
		Appendix: "Every frame", AppendixNote: "Frame numbers are those of Wireshark.", Beyond: "%d further frames are not listed.",
		Search: "Search", AnyPhase: "all phases", AnyStep: "all steps", Host: "Host", Outside: "outside the journey", NoFrames: "No frame is like that.",
		Shown: "{n} of {all} frames", ShowMore: "Show more", Close: "Close", Details: "Frame", LeansOn: "Leans on frame", Basis: "Basis",
		Observed: "observed", Deduced: "deduced", MissingState: "missing", NotVisible: "not visible from here", NotNeeded: "not on this way", OutsideTitle: "Outside the journey", Journey: "Journey %d", MoreJourneys: "%d further journeys are not told.",
		NoJourney: "The capture has no journey to a name.",
		Made:      "Made by", Again: "This makes the same report again", Digest: "SHA-256 of the report without this line",
		Number: "No", Source: "Source", Destination: "Destination", Protocol: "Protocol", Step: "Step", Does: "What it does",
		Script: "The list needs JavaScript, which this page brings along.", Client: "client", Gateway: "gateway, DHCP server", DNS: "DNS server", Web: "web server",
		OtherHost: "other host", Everybody: "everybody on the link",
		Parts: [6]string{"DHCP", "DNS", "TCP handshake", "TLS handshake", "First byte", "Content"}, Skip: "Skip to the journey",
		OnlyPart: "Only a part of the capture could be read: %s", Lost: "%d more frames were dropped while capturing",
	},
	rules.Korean: {
		Title: "IP 주소 할당에서 웹페이지까지", By: "작성자", Course: "과목", Date: "날짜",
		Capture: "캡처", File: "파일", SHA256: "SHA-256", Taken: "캡처 시각", Frames: "프레임", Contents: "차례",
		Glance: "한눈에 보는 여정", Phase: "PHASE", Steps: "단계와 첫 프레임", Time: "시간",
		Complete: "완전함: 이 위치에서 볼 수 있는 단계가 모두 있음", Incomplete: "불완전함: 이 위치에서 볼 수 있는 단계 중 없는 것이 있음",
		Waterfall: "시간이 든 곳", WaterfallNote: "부분마다 한 줄이며 차례로 이어집니다. 여정의 프레임이 없던 시간은 뺐고, DHCP는 따로 그렸습니다.",
		Ladder: "누가 누구에게 무엇을", LadderNote: "시간은 아래로 흐릅니다. 화살표 하나가 프레임 하나이고 색은 PHASE, 왼쪽 숫자는 프레임 번호입니다. 고르면 그 단계인 이유를 볼 수 있습니다.",
		Folded: "같은 단계의 프레임 %d개 더", LadderMore: "나머지 프레임 %d개는 부록에 있습니다.",
		StepByStep: "단계별 설명", Document: "문서의 설명", Simplified: "문서가 단순화한 점", Here: "이 캡처에서", Fields: "필드", Reason: "이유",
		MoreFrames: "외 %d개", Encapsulation: "바이트로 보는 캡슐화",
		EncapsulationNote: "바깥에서 안으로: 헤더마다 아래에 있는 것을 감쌉니다. 바이트는 프레임의 값이며 16진수입니다.",
		EncapsulationOf:   "단계 %s, %d번 프레임", Bytes: "%d바이트", MoreBytes: "외 %d바이트",
		Differences: "문서와 실제 패킷이 다른 점", NoDifferences: "없습니다.", Missing: "없는 단계와 이유", NoMissing: "없습니다.",
		Routing: "라우터들이 서로 알린 경로", Questions: "질문과 답",
		Appendix: "모든 프레임", AppendixNote: "프레임 번호는 Wireshark의 번호와 같습니다.", Beyond: "프레임 %d개는 싣지 않았습니다.",
		Search: "찾기", AnyPhase: "모든 PHASE", AnyStep: "모든 단계", Host: "호스트", Outside: "여정 밖", NoFrames: "그런 프레임이 없습니다.",
		Shown: "프레임 {all}개 중 {n}개", ShowMore: "더 보기", Close: "닫기", Details: "프레임", LeansOn: "근거가 되는 프레임", Basis: "근거",
		Observed: "관찰", Deduced: "추론", MissingState: "없음", NotVisible: "여기서는 보이지 않음", NotNeeded: "이 경로에 없음", OutsideTitle: "여정 밖", Journey: "여정 %d", MoreJourneys: "그 밖의 여정 %d개는 싣지 않았습니다.",
		NoJourney: "이 캡처에는 이름을 찾아가는 여정이 없습니다.",
		Made:      "만든 프로그램", Again: "같은 보고서를 다시 만드는 명령", Digest: "이 줄을 뺀 보고서의 SHA-256",
		Number: "번호", Source: "출발지", Destination: "목적지", Protocol: "프로토콜", Step: "단계", Does: "하는 일",
		Script: "목록에는 JavaScript가 필요하며 이 페이지 안에 들어 있습니다.", Client: "클라이언트", Gateway: "게이트웨이, DHCP 서버", DNS: "DNS 서버", Web: "웹 서버",
		OtherHost: "다른 호스트", Everybody: "링크의 모두",
		Parts: [6]string{"DHCP", "DNS", "TCP 연결", "TLS 핸드셰이크", "첫 바이트", "내용"}, Skip: "여정으로 건너뛰기",
		OnlyPart: "캡처의 일부만 읽음: %s", Lost: "캡처 중에 놓친 프레임 %d개",
	},
}
