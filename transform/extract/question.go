package extract

// answers: "Qui préside le comité de projet ? A, maire de X." and "Le pilotage ? Confié à A."
func (p *Passage) answers() []act {
	q := p.Prev
	if q == nil || len(q.Tokens) == 0 || len(q.Tokens) > 14 || !q.isQuestion() {
		return nil
	}
	a := act{lo: 0, hi: len(p.Tokens), from: q, quoteFrom: q, rule: "role-answer", sure: 0.75}
	var end int
	if q.Tokens[0].Is("qui") {
		if !q.asksWho(&a) {
			return nil
		}
		a.holders, end = p.list(0)
	} else {
		k := q.pastDeterminers(0)
		role, ok := governingNouns[q.foldAt(k)]
		to := p.givenTo(0)
		if !ok || to < 0 {
			return nil
		}
		a.roles = []string{role}
		if j, of := q.nounOf(&a, q.targets(), k); !of || j < len(q.Tokens)-1 {
			return nil
		}
		a.holders, end = p.list(to)
	}
	if len(a.holders) == 0 || !p.nothingAfter(end) {
		return nil
	}
	a.hi = end
	return []act{a}
}

// asksWho reads "Qui pilote ?", "Qui préside le comité ?".
func (p *Passage) asksWho(a *act) bool {
	for k := 1; k < len(p.Tokens) && k < 4; k++ {
		v, ok := p.verbAt(k)
		if !ok {
			continue
		}
		a.roles, a.verb = []string{v.role}, v.stem
		if t, ok := p.targetAfter(p.targets(), k+1); ok {
			a.target = t
			return t.takes(v.role, v.stem)
		}
		a.target = target{body: "gouvernance"}
		return p.Tokens[min(k+1, len(p.Tokens)-1)].Is("?") && v.role != "preside" && v.role != "represente"
	}
	return false
}
