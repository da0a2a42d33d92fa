package guard

import (
	"errors"
	"net"
	"net/netip"
	"testing"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		addr string
		ok   bool
	}{
		{"0.0.0.0", false},
		{"0.1.2.3", false},
		{"10.0.0.1", false},
		{"10.255.255.255", false},
		{"11.0.0.1", true},
		{"100.63.255.255", true},
		{"100.64.0.1", false},
		{"100.127.255.255", false},
		{"100.128.0.1", true},
		{"127.0.0.1", false},
		{"127.255.255.254", false},
		{"169.254.169.254", false},
		{"172.15.0.1", true},
		{"172.16.0.1", false},
		{"172.31.255.255", false},
		{"172.32.0.1", true},
		{"192.0.0.8", false},
		{"192.0.2.1", false},
		{"192.88.99.1", false},
		{"192.31.196.1", false},
		{"192.31.197.1", true},
		{"192.52.193.1", false},
		{"192.52.194.1", true},
		{"192.175.48.1", false},
		{"192.175.49.1", true},
		{"192.168.1.1", false},
		{"192.169.1.1", true},
		{"198.17.0.1", true},
		{"198.18.0.1", false},
		{"198.19.255.255", false},
		{"198.51.100.7", false},
		{"203.0.113.7", false},
		{"224.0.0.1", false},
		{"239.255.255.255", false},
		{"240.0.0.1", false},
		{"255.255.255.255", false},
		{"8.8.8.8", true},
		{"185.5.5.5", true},
		{"::", false},
		{"::1", false},
		{"::7f00:1", false}, // v4-compatible
		{"::ffff:127.0.0.1", false},
		{"::ffff:10.1.2.3", false},
		{"::ffff:8.8.8.8", true},
		{"64:ff9b::7f00:1", false},  // NAT64
		{"64:ff9b::808:808", false}, // NAT64 of a public address too
		{"64:ff9b:1::a00:1", false}, // NAT64, local use
		{"100::1", false},           // discard
		{"2001::1", false},          // Teredo
		{"2001:10::1", false},       // ORCHID
		{"2001:db8::1", false},      // documentation
		{"2001:4860:4860::8", true}, // public
		{"2002:7f00:1::", false},    // 6to4 of 127.0.0.1
		{"2620:4f:8000::1", false},  // AS112
		{"2620:4f:8001::1", true},   // just past it
		{"2a01:e0a::1", true},       // public
		{"3fff::1", false},          // documentation
		{"3fff:1000::1", true},      // just past it
		{"4000::1", false},          // unassigned
		{"fc00::1", false},          // unique local
		{"fd12:3456::1", false},     // unique local
		{"fe80::1", false},          // link-local
		{"fec0::1", false},          // site-local
		{"ff02::1", false},          // multicast
		{"2a01:e0a::1%eth0", false}, // bound to an interface
		{"fe80::1%eth0", false},     // bound to an interface
		{"::ffff:0:127.0.0.1", false} /* v4-translated */}
	for _, tt := range tests {
		err := Guard{}.Check(netip.MustParseAddr(tt.addr))
		if tt.ok != (err == nil) {
			t.Errorf("Check(%s) = %v, want allowed %v", tt.addr, err, tt.ok)
		}
		if err != nil && !errors.Is(err, ErrRefused) {
			t.Errorf("Check(%s) = %v, which is not ErrRefused", tt.addr, err)
		}
	}
	if err := (Guard{}).Check(netip.Addr{}); !errors.Is(err, ErrRefused) {
		t.Errorf("Check of no address = %v, want ErrRefused", err)
	}
}

func TestAllow(t *testing.T) {
	g := Guard{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("fd00::/8")}}
	for addr, ok := range map[string]bool{
		"127.0.0.1": true, "::ffff:127.0.0.1": true, "127.0.0.2": false, "10.0.0.1": false, "fd00::5": true, "::1": false,
	} {
		if err := g.Check(netip.MustParseAddr(addr)); ok != (err == nil) {
			t.Errorf("Check(%s) = %v, want allowed %v", addr, err, ok)
		}
	}
}

func TestControl(t *testing.T) {
	tests := []struct {
		network, address string
		ok               bool
	}{
		{"tcp4", "8.8.8.8:443", true},
		{"tcp4", "8.8.8.8:8081", true},
		{"tcp6", "[2a01:e0a::1]:443", true},
		{"tcp4", "127.0.0.1:80", false},
		{"tcp6", "[::ffff:127.0.0.1]:80", false},
		{"tcp4", "localhost:80", false}, // a name is not an address: nothing resolved it
		{"tcp4", "8.8.8.8", false},
		{"unix", "/run/secret.sock", false},
	}
	for _, tt := range tests {
		if err := (Guard{}).Control(tt.network, tt.address, nil); tt.ok != (err == nil) {
			t.Errorf("Control(%s, %s) = %v, want allowed %v", tt.network, tt.address, err, tt.ok)
		}
	}
}

// Spellings that a URL may give to the loopback address: whatever the resolver
// makes of them, nothing is connected.
func TestDialRefusesSpellings(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	d := net.Dialer{Control: Guard{}.Control}
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "0"} {
		conn, err := d.Dial("tcp", net.JoinHostPort(host, port))
		if err == nil {
			conn.Close()
			t.Errorf("dialled %s", host)
		}
	}
}
