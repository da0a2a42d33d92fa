package transform_test

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"vigie/internal/french"
)

// A score counts facts as the corpus' own scorer does: optional ones are neither right
// nor wrong, and within a page and a kind each fact stands for one of the gold's.
type score struct {
	right, wrong, missed int
	errors               []string
}

func (s *score) add(o score) {
	s.right, s.wrong, s.missed = s.right+o.right, s.wrong+o.wrong, s.missed+o.missed
}

func (s score) precision() float64 { return share(s.right, s.wrong) }
func (s score) recall() float64    { return share(s.right, s.missed) }

func share(of, rest int) float64 {
	if of+rest == 0 {
		return 1
	}
	return float64(of) / float64(of+rest)
}

// A pairing of a gold fact with an extracted one; required facts take theirs first.
type pairing struct {
	optional   bool
	worth      float64
	gold, pred int
}

func scoreFacts(gold, pred []goldFact) score {
	var pairs []pairing
	for i, g := range gold {
		for j, p := range pred {
			if g.text("kind") != p.text("kind") {
				continue
			}
			if w := matches(g, p); w > 0 {
				pairs = append(pairs, pairing{g.optional(), w, i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pairing) int {
		if a.optional != b.optional {
			if b.optional {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.worth, a.worth), a.gold-b.gold, a.pred-b.pred)
	})
	goldOf, predOf := map[int]int{}, map[int]int{}
	repeats := map[int]bool{} // facts that repeat an optional one only
	for _, q := range pairs {
		_, usedGold := goldOf[q.gold]
		_, usedPred := predOf[q.pred]
		if !usedGold && !usedPred {
			goldOf[q.gold], predOf[q.pred] = q.pred, q.gold
		}
		if was, seen := repeats[q.pred]; !seen {
			repeats[q.pred] = q.optional
		} else {
			repeats[q.pred] = was && q.optional
		}
	}
	var s score
	for i, g := range gold {
		switch _, found := goldOf[i]; {
		case g.optional():
		case found:
			s.right++
		default:
			s.missed++
			s.errors = append(s.errors, "MISS  "+g.brief())
		}
	}
	for j, p := range pred {
		if _, found := predOf[j]; !found && !repeats[j] {
			s.wrong++
			s.errors = append(s.errors, "FALSE "+p.brief())
		}
	}
	return s
}

// brief shows a fact on one line.
func (f goldFact) brief() string {
	var b strings.Builder
	b.WriteString(f.text("kind"))
	for _, field := range []string{"territory", "member", "role", "holder", "measure", "value", "event", "date", "date_end", "subject", "theme", "status", "region", "scope"} {
		switch v := f[field].(type) {
		case string:
			if v != "" {
				b.WriteString(" " + v)
			}
		case float64:
			b.WriteString(" " + strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 3, 64), "0"), "."))
		}
	}
	return b.String()
}

// matches returns how well an extracted fact is the gold's, 0 where it is not.
func matches(g, p goldFact) float64 {
	switch g.text("kind") {
	case "label":
		n := alike(g.text("territory"), g.list("aliases"), p.text("territory"))
		return accept(n) * n * oneOf(cmp.Or(g.text("status"), "labelled"), g.list("status_aliases"), cmp.Or(p.text("status"), "labelled"))
	case "member":
		t, m := alike(g.text("territory"), g.list("territory_aliases"), p.text("territory")), alike(g.text("member"), g.list("aliases"), p.text("member"))
		if g.text("member_id") != "" && g.text("member_id") == p.text("member_id") {
			m = 1
		}
		return accept(t) * accept(m) * t * m
	case "role":
		h := alike(g.text("holder"), g.list("aliases"), p.text("holder"))
		return accept(h) * h * oneOf(g.text("role"), g.list("role_aliases"), p.text("role"))
	case "figure":
		return oneOf(g.text("measure"), g.list("measure_aliases"), p.text("measure")) * sameValue(g, p) * (0.97 + 0.03*sameScope(g, p))
	case "event":
		e := oneOf(g.text("event"), g.list("event_aliases"), p.text("event"))
		return e * sameDate(g.text("date"), g.list("date_aliases"), p.text("date")) * (0.999 + 0.001*sameScope(g, p))
	case "period":
		return oneOf(g.text("subject"), g.list("subject_aliases"), p.text("subject")) *
			sameDate(g.text("date"), nil, p.text("date")) * sameDate(g.text("date_end"), nil, p.text("date_end"))
	case "theme":
		return oneOf(g.text("theme"), g.list("aliases"), p.text("theme"))
	}
	return 0
}

func accept(likeness float64) float64 { return truth(likeness >= 0.85) }

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func oneOf(want string, others []string, got string) float64 {
	switch {
	case got == want:
		return 1
	case slices.Contains(others, got):
		return 0.99
	}
	return 0
}

func sameDate(want string, others []string, got string) float64 {
	if want == "" && got == "" || want != "" && strings.HasPrefix(got, want) {
		return 1
	}
	return truth(slices.ContainsFunc(others, func(o string) bool { return o == "" && got == "" || o != "" && strings.HasPrefix(got, o) })) * 0.98
}

func sameValue(g, p goldFact) float64 {
	value, has := g["value"].(float64)
	got, ok := p["value"].(float64)
	if !has || !ok || !near(value, got) {
		return 0
	}
	most, ranged := g["value_max"].(float64)
	gotMost, gotRanged := p["value_max"].(float64)
	switch {
	case !ranged && !gotRanged, ranged && gotRanged && near(most, gotMost), !ranged && gotRanged && near(gotMost, value):
		return 1
	}
	return 0
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a), math.Abs(b)) }

// sameScope compares territories and EPCI by their level alone, as names are compared apart.
func sameScope(g, p goldFact) float64 {
	got := scopeKey(p.text("scope"))
	return truth(slices.ContainsFunc(append(g.list("scope_aliases"), g.text("scope")), func(s string) bool { return scopeKey(s) == got }))
}

func scopeKey(s string) string {
	level, id, _ := strings.Cut(s, ":")
	if level == "territory" || level == "epci" {
		return level
	}
	return level + ":" + id
}

// alike compares two names by the words that tell them apart.
func alike(want string, others []string, got string) float64 {
	if got == "" {
		return 0
	}
	best := dice(want, got)
	for _, o := range others {
		best = max(best, 0.999*dice(o, got))
	}
	return best
}

var (
	emptyWords = words("le la les l de du des d un une et")
	titleWords = words("m mme mr monsieur madame dr")
	legalWords = []string{
		"communaute urbaine", "communaute agglomeration", "communaute communes", "communautes communes", "communaute commune",
		"cc", "ca", "cu", "cdc", "metropole", "agglomeration", "territoire industrie", "ti", "territoire",
	}
	lastWords = words("communaute agglomeration interco")
	shortened = map[string]string{"st": "saint", "ste": "sainte", "agglo": "agglomeration", "cte": "communaute"}
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

func dice(a, b string) float64 {
	best := 0.0
	for _, legal := range []bool{false, true} {
		x, y := nameWords(a, legal), nameWords(b, legal)
		if len(x) == 0 || len(y) == 0 {
			continue
		}
		if strings.Join(x, "") == strings.Join(y, "") {
			return 1
		}
		best = max(best, overlap(x, y))
	}
	return best
}

func overlap(x, y []string) float64 {
	sx, sy := map[string]bool{}, map[string]bool{}
	for _, w := range x {
		sx[w] = !titleWords[w]
	}
	for _, w := range y {
		sy[w] = !titleWords[w]
	}
	nx, ny, shared := 0, 0, 0
	for w, counts := range sx {
		if counts {
			nx++
			shared += int(truth(sy[w]))
		}
	}
	for _, counts := range sy {
		ny += int(truth(counts))
	}
	if nx == 0 || ny == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(nx+ny)
}

// nameWords are a name's folded words without articles; without its legal form too where
// legal is asked for.
func nameWords(s string, legal bool) []string {
	folded := strings.NewReplacer("œ", "oe", "æ", "ae").Replace(french.Fold(s))
	all := strings.FieldsFunc(folded, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'z') })
	var own []string
	for i, w := range all {
		if long, ok := shortened[w]; ok {
			all[i] = long
		}
		if !emptyWords[all[i]] {
			own = append(own, all[i])
		}
	}
	if own == nil {
		own = all
	}
	for again := legal; again; {
		again = false
		for _, form := range legalWords {
			n := strings.Count(form, " ") + 1
			if len(own) > n && strings.Join(own[:n], " ") == form {
				own, again = own[n:], true
			}
		}
	}
	if legal && len(own) > 1 && lastWords[own[len(own)-1]] {
		own = own[:len(own)-1]
	}
	return own
}
