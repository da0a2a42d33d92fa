package extract

// adverbs may stand between a body and what is said of it, or around a verb.
var adverbs = cues(
	",", "(", "n'|ne|pas|plus|jamais|encore|devrait|pourrait|devraient|pourraient|serait|seraient|etre|doit|doivent|devra|etait|etaient|fut|avait", "est|sera|sont|seront|a|ont|ete|etant|soit|reste|demeure", "qui", "localement|conjointement|desormais|egalement|aussi|ensemble|collectivement|aujourd'hui|actuellement|directement|notamment|toujours|officiellement|alternativement|communement",
	"a la fois", "tour a tour", "a tour de role", "a parite", "au niveau local|regional|national|territorial", "a l' echelle|echelon regionale|regional|locale|local|nationale|national", "en region", "lui-meme|elle-meme", "dans|pour chaque territoire|region|laureat",
	"depuis", "cette annee", "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre", "le|la", "pour sa part", "de son cote", "quant a lui|elle",
)

// passives: "un comité de projet, présidé et animé par A et B".
func (p *Passage) passives(ts []target) []act {
	var acts []act
	for k := 0; k < len(p.Tokens); k++ {
		v, ok := p.verbAt(k)
		if !ok || v.form != participle {
			continue
		}
		roles, by := p.participles(k, v)
		if by < 0 {
			continue
		}
		hs, end := p.list(by)
		if len(hs) == 0 {
			continue
		}
		a := act{lo: k, hi: end, verb: v.stem, roles: roles, holders: hs, rule: "role-passive", sure: 0.9}
		if p.wasPast(k) {
			a.refused = ended
		}
		if two := p.pairActs(a, hs); hasCue(pairNouns, p.Tokens[k:by]) && v.role != "preside" && len(two) == 2 && two[0].roles[0] != two[1].roles[0] && p.subjectOf(&a, ts, k) {
			acts = append(acts, two...) // "pilotée en binôme par A, maire de X, et B, PDG de Y"
			continue
		}
		if n := len(acts); n > 0 && p.only(andAfter, acts[n-1].hi, k) {
			a.target, a.from, a.lo = acts[n-1].target, acts[n-1].from, acts[n-1].lo
			acts = append(acts, a)
		} else if p.subjectOf(&a, ts, k) {
			acts = append(acts, a)
		}
		k = by
	}
	return acts
}

var andAfter = cues("et", ",", "est|sera|sont", "puis")

// participles reads "présidé et animé conjointement par": the roles, and the token after "par".
func (p *Passage) participles(k int, v governing) (roles []string, by int) {
	roles = []string{v.role}
	for m := k + 1; m < len(p.Tokens) && m < k+8; m++ {
		t := p.Tokens[m]
		if t.Fold == "par" {
			return roles, m + 1
		}
		if w, ok := p.verbAt(m); ok && w.form == participle {
			roles = append(roles, w.role)
			continue
		}
		if t.Fold == "et" || t.Fold == "," {
			continue
		}
		end := max(matchAt(adverbs, p.Tokens, m), matchAt(manners, p.Tokens, m), p.officialEnd(m, anyName))
		if end <= m && !adverbial(t.Fold) && !t.Is("dans", "en", "le", "la", "l'", "a") {
			break
		}
		m = max(end, m+1) - 1
	}
	return nil, -1
}

func adverbial(w string) bool { return len(w) > 6 && w[len(w)-4:] == "ment" }

// wasPast: "était présidé par", "a longtemps été animé par".
func (p *Passage) wasPast(k int) bool {
	for m := k - 1; m >= 0 && m > k-4; m-- {
		switch p.Tokens[m].Fold {
		case "etait", "etaient", "fut", "furent", "avait", "avaient":
			return true
		case ",", ";":
			return false
		}
	}
	return false
}

// subjectOf finds what the participle at token k is said of: the body right before it,
// else what the passage continues about where nothing else could be meant.
func (p *Passage) subjectOf(a *act, ts []target, k int) bool {
	for n := len(ts) - 1; n >= 0; n-- {
		t := ts[n]
		if t.j > k {
			continue
		}
		if !p.reaches(t, k) {
			break
		}
		for first := p.headOf(ts, n); first <= n; first++ {
			if t = ts[first]; t.agrees(p.raw(k, k+1)) {
				a.target, a.lo = t, t.i
				return t.takes(a.roles[0], a.verb)
			}
		}
	}
	if !p.standsFirst(k) {
		return false
	}
	next := a.hi // "Présidé par A, le comité se réunit"; an apposition's closing comma is its own
	if p.foldAt(next) == "," {
		next++
	}
	if p.foldAt(next-1) == "," {
		if t, ok := p.targetAfter(ts, next); ok && t.agrees(p.raw(k, k+1)) {
			a.target, a.hi = t, t.j
			return t.takes(a.roles[0], a.verb)
		}
	}
	for _, q := range p.above() {
		t, ok := q.lastTarget(func(t target) bool { return t.agrees(p.raw(k, k+1)) })
		if ok {
			a.target, a.from = t, q
			return t.takes(a.roles[0], a.verb)
		}
	}
	return false
}

// headOf returns the first of the targets that the n-th one is a complement of: of "la
// réunion du comité de projet du territoire", the réunion.
func (p *Passage) headOf(ts []target, n int) int {
	for n > 0 && ts[n-1].j <= ts[n].i && p.only(complementing, ts[n-1].j, ts[n].i) {
		n--
	}
	return n
}

var complementing = cues("de|du|des|d'|le|la|l'|les|ce|cette|installation|lancement|premier|nouveau|premiere")

// reaches reports whether only the target's own complements, auxiliaries and adverbs
// stand between it and the verb at token k.
func (p *Passage) reaches(t target, k int) bool {
	for _, i := range []int{t.j, p.complementsEnd(t.j)} {
		if i <= k && (p.onlyLoosely(i, k) || p.insertedBetween(i, k)) {
			return true
		}
	}
	return false
}

// insertedBetween: a clause between commas parts the body from its verb: "le comité de
// projet, où siègent l'État et la Région, est présidé par".
func (p *Passage) insertedBetween(i, k int) bool {
	if p.foldAt(i) != "," || i+2 >= k || !p.Tokens[i+1].Is("ou", "qui", "que", "qu'", "dont", "auquel", "auxquels", "lequel", "laquelle", "compose", "composee", "fort", "forte") && !p.accented(i+1) {
		return false
	}
	for j := k - 1; j > i+1 && k-i < 40 && !p.Tokens[j].Is(";", ":", "("); j-- {
		if p.Tokens[j].Is(",") {
			return p.onlyLoosely(j, k)
		}
	}
	return false
}

// complementsEnd passes what qualifies a body: "du territoire d'industrie « Val Fleuri »".
func (p *Passage) complementsEnd(j int) int {
	end := p.phraseEnd(j)
	for end < len(p.Tokens) {
		next := end
		if m, ok := p.mentionAt(end); ok {
			next = m
		} else if isQuote(p.Tokens[end]) {
			next = end + 1
		} else if e := p.officialEnd(end, anyName); e > end {
			next = e
		}
		if next == end {
			break
		}
		end = p.phraseEnd(next)
	}
	return end
}

// onlyLoosely: adverbs, auxiliaries, dates and quotes alone.
func (p *Passage) onlyLoosely(i, k int) bool {
	for i < k {
		if adverbial(p.Tokens[i].Fold) {
			i++
			continue
		}
		if p.only(adverbs, i, i+1) {
			i++
			continue
		}
		end := matchAt(adverbs, p.Tokens, i)
		if end < 0 || end > k {
			return false
		}
		i = end
	}
	return true
}

var pronouns = cues("il|elle|ils|elles|celui-ci|celle-ci|ceux-ci|celles-ci", "ce dernier", "cette derniere", "ce comite", "cette instance", "celui|celle - ci")

// standsFirst: the passage, or its clause, begins with the participle at k or a pronoun before it.
func (p *Passage) standsFirst(k int) bool {
	from := 0
	for m := k - 1; m >= 0; m-- {
		if p.Tokens[m].Is(";", ":") {
			from = m + 1
			break
		}
	}
	if end := matchAt(pronouns, p.Tokens, from); end > 0 {
		from = end
	}
	if from < k-1 && p.accented(from) && p.foldAt(k-1) == "et" { // "Lancé en 2020 par A et piloté par B, le programme"
		return true
	}
	return from <= k && p.onlyLoosely(from, k)
}
