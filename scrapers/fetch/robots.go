package fetch

import (
	"bytes"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A robots is what one site's robots.txt says to one crawler, after RFC 9309.
// Its zero value allows everything.
type robots struct {
	rules    []rule
	delay    time.Duration // Crawl-delay, which the RFC does not know; zero: none stated
	reserved string        // the line that keeps machines from mining the site; empty: none
}

type rule struct {
	pattern string // normalised, without the closing $
	exact   bool   // it had one
	allow   bool
	octets  int // how specific it is
}

// maxRobots is how much of a robots.txt is read; the RFC asks for 500 KiB at least.
const maxRobots = 500 << 10

// parseRobots reads the rules for the product token agent: those of all groups that
// name it, else those of all groups for *. Lines that make no sense are passed over.
func parseRobots(text []byte, agent string) robots {
	text = bytes.TrimPrefix(text[:min(len(text), maxRobots)], []byte("\ufeff"))
	var own, any robots
	var named, forOwn, forAny, inRules bool
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := parseLine(string(line))
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
			if inRules { // a new group begins
				forOwn, forAny, inRules = false, false, false
			}
			if value == "*" {
				forAny = true
			} else if strings.EqualFold(productToken(value), agent) {
				forOwn, named = true, true
			}
		case "allow", "disallow":
			inRules = true
			if r, ok := newRule(value, key == "allow"); ok {
				own.add(forOwn, r)
				any.add(forAny, r)
			}
		case "crawl-delay": // does not end a group's list of agents, nor begin its rules
			own.wait(forOwn, value)
			any.wait(forAny, value)
		case "content-signal", "content-usage":
			own.reserve(forOwn, key, value)
			any.reserve(forAny, key, value)
		}
	}
	if named {
		return own
	}
	return any
}

func parseLine(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), ok
}

// productToken is the name in a value such as "vigie/1.0": "vigie-bot" is another name.
func productToken(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func newRule(value string, allow bool) (rule, bool) {
	if value == "" { // "Disallow:" forbids nothing
		return rule{}, false
	}
	p := normalise(value)
	r := rule{pattern: p, allow: allow, octets: len(p)}
	r.pattern, r.exact = strings.CutSuffix(p, "$")
	return r, true
}

func (r *robots) add(applies bool, x rule) {
	if applies {
		r.rules = append(r.rules, x)
	}
}

func (r *robots) wait(applies bool, value string) {
	seconds, err := strconv.ParseFloat(value, 64)
	if !applies || err != nil || math.IsNaN(seconds) || seconds <= 0 {
		return
	}
	d := time.Duration(min(seconds, maxCrawlDelay.Seconds()) * float64(time.Second))
	r.delay = max(r.delay, d)
}

// allows reports whether u may be fetched: the longest rule that matches decides, and
// allow wins a tie. robots.txt itself may always be.
func (r *robots) allows(u *url.URL) bool {
	if u.EscapedPath() == robotsFile {
		return true
	}
	target := normalise(pathAndQuery(u))
	allow, longest := true, -1
	for _, x := range r.rules {
		if x.octets < longest || x.octets == longest && !x.allow || !x.matches(target) {
			continue
		}
		allow, longest = x.allow, x.octets
	}
	return allow
}

// pathAndQuery is what patterns are matched with.
func pathAndQuery(u *url.URL) string {
	target := u.EscapedPath()
	if target == "" {
		target = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		target += "?" + u.RawQuery
	}
	return target
}

// matches compares in time proportional to the product of the two lengths at worst:
// after a * it is enough to try again from the last one.
func (x rule) matches(target string) bool {
	p, t := 0, 0
	star, from := -1, 0
	for t < len(target) {
		switch {
		case p == len(x.pattern) && !x.exact:
			return true
		case p < len(x.pattern) && x.pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(x.pattern) && x.pattern[p] == target[t]:
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(x.pattern[p:], "*") == ""
}

// normalise gives a path or pattern the one form in which both are compared: octets
// outside ASCII and stray percent signs encoded, unreserved ones decoded, hexadecimal
// digits upper-case.
func normalise(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		encoded := false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, encoded = byte(n), true
				i += 2
			}
		}
		if c >= 0x80 || c <= ' ' || c == 0x7f || c == '%' || encoded && !unreserved(c) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
