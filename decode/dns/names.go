package dns

import "strconv"

// Type is the type of a resource record or of a question.
type Type uint16

// The types that have a meaning here.
const (
	TypeA      Type = 1
	TypeNS     Type = 2
	TypeCNAME  Type = 5
	TypeSOA    Type = 6
	TypePTR    Type = 12
	TypeMX     Type = 15
	TypeTXT    Type = 16
	TypeAAAA   Type = 28
	TypeSRV    Type = 33
	TypeNAPTR  Type = 35
	TypeDNAME  Type = 39
	TypeOPT    Type = 41
	TypeDS     Type = 43
	TypeRRSIG  Type = 46
	TypeNSEC   Type = 47
	TypeDNSKEY Type = 48
	TypeNSEC3  Type = 50
	TypeSVCB   Type = 64
	TypeHTTPS  Type = 65
	TypeIXFR   Type = 251
	TypeAXFR   Type = 252
	TypeANY    Type = 255
	TypeCAA    Type = 257
)

// typeNames are the names that the outputs promise. Types beside them have the
// name that RFC 3597 section 5 gives to every type.
var typeNames = map[Type]string{
	TypeA:      "A",
	TypeNS:     "NS",
	TypeCNAME:  "CNAME",
	TypeSOA:    "SOA",
	TypePTR:    "PTR",
	TypeMX:     "MX",
	TypeTXT:    "TXT",
	TypeAAAA:   "AAAA",
	TypeSRV:    "SRV",
	TypeNAPTR:  "NAPTR",
	TypeDS:     "DS",
	TypeRRSIG:  "RRSIG",
	TypeNSEC:   "NSEC",
	TypeDNSKEY: "DNSKEY",
	TypeNSEC3:  "NSEC3",
	TypeSVCB:   "SVCB",
	TypeHTTPS:  "HTTPS",
	TypeIXFR:   "IXFR",
	TypeAXFR:   "AXFR",
	TypeANY:    "ANY",
}

// String is the name, as in "AAAA" or "TYPE257".
func (t Type) String() string {
	switch t { // most messages are about these
	case TypeA:
		return "A"
	case TypeAAAA:
		return "AAAA"
	}
	if name, ok := typeNames[t]; ok {
		return name
	}
	return "TYPE" + strconv.Itoa(int(t))
}

// Class is the class of a resource record or of a question.
type Class uint16

// The classes (RFC 1035 section 3.2.4, RFC 2136 section 1.3).
const (
	ClassIN   Class = 1
	ClassCH   Class = 3
	ClassHS   Class = 4
	ClassNone Class = 254
	ClassAny  Class = 255
)

// String is the name, as in "IN", or "CLASS32" (RFC 3597 section 5).
func (c Class) String() string {
	switch c {
	case ClassIN:
		return "IN"
	case ClassCH:
		return "CH"
	case ClassHS:
		return "HS"
	case ClassNone:
		return "NONE"
	case ClassAny:
		return "ANY"
	}
	return "CLASS" + strconv.Itoa(int(c))
}

// OpCode is what the sender asks the receiver to do.
type OpCode uint8

// The operations (RFC 1035 section 4.1.1, RFC 1996, RFC 2136, RFC 8490).
const (
	OpQuery  OpCode = 0
	OpIQuery OpCode = 1
	OpStatus OpCode = 2
	OpNotify OpCode = 4
	OpUpdate OpCode = 5
	OpDSO    OpCode = 6
)

// String is the name, or the number of one that has none.
func (o OpCode) String() string {
	switch o {
	case OpQuery:
		return "QUERY"
	case OpIQuery:
		return "IQUERY"
	case OpStatus:
		return "STATUS"
	case OpNotify:
		return "NOTIFY"
	case OpUpdate:
		return "UPDATE"
	case OpDSO:
		return "DSO"
	}
	return strconv.Itoa(int(o))
}

// RCode is how an answer went, with the upper bits that EDNS adds (RFC 6891
// section 6.1.3).
type RCode uint16

// The response codes (RFC 1035 section 4.1.1, RFC 2136 section 2.2).
const (
	NoError  RCode = 0
	FormErr  RCode = 1
	ServFail RCode = 2
	NXDomain RCode = 3
	NotImp   RCode = 4
	Refused  RCode = 5
	YXDomain RCode = 6
	NotAuth  RCode = 9
)

// String is the name that the outputs promise, or the number of one beside them.
func (r RCode) String() string {
	switch r {
	case NoError:
		return "NOERROR"
	case FormErr:
		return "FORMERR"
	case ServFail:
		return "SERVFAIL"
	case NXDomain:
		return "NXDOMAIN"
	case NotImp:
		return "NOTIMP"
	case Refused:
		return "REFUSED"
	case YXDomain:
		return "YXDOMAIN"
	case NotAuth:
		return "NOTAUTH"
	}
	return strconv.Itoa(int(r))
}
