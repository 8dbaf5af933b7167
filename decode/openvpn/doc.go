// Package openvpn reads the control channel of OpenVPN over UDP and TCP, as its protocol description
// tells it (openvpn.net, "OpenVPN Protocol", and the IETF draft "OpenVPN Wire Protocol"): it
// finds the TLS handshake that is carried in it. What the data channel carries stays closed, and so do
// control channels that are encrypted themselves (tls-crypt). It does no I/O.
package openvpn
