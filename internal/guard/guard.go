// Package guard says which addresses may be dialled. An address book on the
// web can name any machine, ours included: the guard looks at the address that
// is about to be connected to, after names are resolved, so that no spelling
// of an address and no change of a name between two looks gets past it.
//
// It serves whoever dials: sources, feeds and webhooks alike.
package guard

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// ErrRefused is wrapped by every refusal. Asking again will not help.
var ErrRefused = errors.New("not a public address")

// A Guard lets through public unicast addresses, and those that Allow names.
// Its zero value allows no exception. It is safe for concurrent use.
type Guard struct {
	Allow []netip.Prefix // from configuration: the only way to reach a private network
}

// Control is the Control of a [net.Dialer]: it is called with the resolved
// address, once for each that a name stands for.
func (g Guard) Control(network, address string, _ syscall.RawConn) error {
	switch network {
	case "tcp4", "tcp6", "udp4", "udp6": // udp is for the resolver, should it dial here
	default:
		return fmt.Errorf("dial %s over %s: %w", address, network, ErrRefused)
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, errors.Join(err, ErrRefused))
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, errors.Join(err, ErrRefused))
	}
	return g.Check(ip)
}

// Check returns nil for an address that may be dialled, else an error that
// wraps [ErrRefused] and says why.
func (g Guard) Check(ip netip.Addr) error {
	ip = ip.Unmap() // ::ffff:127.0.0.1 is 127.0.0.1
	if slices.ContainsFunc(g.Allow, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return nil
	}
	if why := refusal(ip); why != "" {
		return fmt.Errorf("%s: %s: %w", ip, why, ErrRefused)
	}
	return nil
}

func refusal(ip netip.Addr) string {
	if !ip.IsValid() {
		return "no address"
	}
	if ip.Zone() != "" {
		return "bound to an interface"
	}
	if ip.Is6() && !globalUnicast.Contains(ip) {
		return "outside global unicast"
	}
	for _, s := range special {
		if s.prefix.Contains(ip) {
			return s.why
		}
	}
	return ""
}

var globalUnicast = netip.MustParsePrefix("2000::/3")

// special is what the IANA registries of special-purpose addresses set apart.
// Of IPv6 only what lies inside 2000::/3 is listed: the rest (loopback,
// link-local, unique local, multicast, NAT64, v4-compatible) is refused whole.
// What embeds an IPv4 address (6to4, Teredo) is refused for what it may embed.
var special = []struct {
	prefix netip.Prefix
	why    string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "shared by a carrier"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved for protocols"},
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"},
	{netip.MustParsePrefix("192.31.196.0/24"), "reserved for protocols"},
	{netip.MustParsePrefix("192.52.193.0/24"), "reserved for protocols"},
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("192.175.48.0/24"), "reserved for protocols"},
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmarking"},
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	{netip.MustParsePrefix("2001::/23"), "reserved for protocols"}, // Teredo, ORCHID, benchmarking
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"},
	{netip.MustParsePrefix("2002::/16"), "6to4"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "reserved for protocols"},
	{netip.MustParsePrefix("3fff::/20"), "documentation"},
}
