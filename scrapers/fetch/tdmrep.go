package fetch

import (
	"encoding/json"
	"net/url"
	"strings"
)

// tdmFile is where a site says for all its pages whether they may be mined: the TDM
// Reservation Protocol, final report of the W3C community group, 10 May 2024.
const tdmFile = "/.well-known/tdmrep.json"

// A tdmRule is one of its rules; what the report calls unset has no rule.
type tdmRule struct {
	where rule
	says  reservation
}

// A reservation is one value of tdm-reservation, and where it stands.
type reservation struct {
	by       string // tdmrep.json, tdm-reservation (the header), meta tdm-reservation; empty: unset
	reserved bool
	policy   string // the address where the terms are told
}

// parseTDM reads the rules of a tdmrep.json; of one that is no such file there are none.
func parseTDM(text []byte) []tdmRule {
	var list []struct {
		Location    string `json:"location"`
		Reservation any    `json:"tdm-reservation"` // 0 or 1; some sites write them as texts
		Policy      string `json:"tdm-policy"`
	}
	if json.Unmarshal(text, &list) != nil {
		return nil
	}
	var rules []tdmRule
	for _, r := range list {
		where, ok := newRule(r.Location, true)
		if reserved, known := tdmValue(r.Reservation); ok && known {
			rules = append(rules, tdmRule{where, reservation{"tdmrep.json", reserved, r.Policy}})
		}
	}
	return rules
}

// tdmValue reads 0 and 1; anything else says nothing.
func tdmValue(v any) (reserved, known bool) {
	switch v {
	case 1.0, "1":
		return true, true
	case 0.0, "0":
		return false, true
	}
	return false, false
}

// termsOf returns what the rules say of an address: the first that matches does.
func termsOf(rules []tdmRule, u *url.URL) reservation {
	target := normalise(pathAndQuery(u))
	for _, r := range rules {
		if r.where.matches(target) {
			return r.says
		}
	}
	return reservation{}
}

// or puts what stands nearer to the page in the place of what stands farther: a header
// supersedes the site's file, the page's own meta element both.
func (r reservation) or(by, value, policy string) reservation {
	reserved, known := tdmValue(strings.TrimSpace(value))
	if !known {
		return r
	}
	return reservation{by, reserved, policy}
}

// String is empty where nothing is reserved.
func (r reservation) String() string {
	switch {
	case !r.reserved:
		return ""
	case r.policy != "":
		return r.by + ": 1 (tdm-policy: " + r.policy + ")"
	}
	return r.by + ": 1"
}
