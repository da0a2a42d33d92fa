package extract

// apposition adds what follows a person's name: "(maire de Flers)", ", vice-présidente
// chargée de l'économie, élue référente".
func (p *Passage) apposition(h holder) holder {
	if p.foldAt(h.j) == "(" {
		h = p.parenthesis(h)
	}
	h = p.sideTail(h)
	for p.foldAt(h.j) == "," || p.foldAt(h.j) == "-" || p.foldAt(h.j) == "–" {
		k := h.j + 1
		det := k
		if p.foldAt(k) == "la" || p.foldAt(k) == "le" || p.foldAt(k) == "l'" || p.foldAt(k) == "notre" {
			k++
		}
		o, ok := p.officeAt(k)
		if !ok || k > det && !p.apposed(o.j) || p.foldAt(o.j) == "," && p.isPersonAt(o.j+1) && !p.Tokens[h.j].Is("-", "–") && k > det {
			break
		}
		if p.isPersonAt(o.j) && !p.newCell(o.j) {
			break // "Jean Petit, maire de Flers" but not "Jean Petit, le sous-préfet Paul Grand"
		}
		ps, isPost := p.postAt(k)
		if isPost {
			h.posts = append(h.posts, ps)
		}
		if !isPost || h.function == "" {
			fill := h.function == "" || len(h.posts) > 0 && !h.posts[0].side && h.function == p.raw(h.posts[0].i, h.posts[0].end)
			if fill {
				h.function = ""
			}
			p.give(&h, o)
		}
		h.j = o.j
		if ps, ok := p.postAt(h.j + 1); ok && p.foldAt(h.j) == "et" { // "conseiller communautaire et copilote du projet"
			h.posts, h.j = append(h.posts, ps), ps.end
		}
	}
	return p.sideTail(h)
}

// sideTails follow a person of a binôme: "Jeanne Petit pour les élus".
var sideTails = []struct {
	role string
	cues []cue
}{
	{"elu-referent", cues(",? pour les elus|collectivites", ",? cote elus|elu|collectivites", ",? au titre des elus|collectivites", ",? au nom des elus")},
	{"industriel-referent", cues(",? pour les industriels|entreprises|entrepreneurs", ",? cote industriels|industriel|entreprises", ",? au titre des industriels|entreprises", ",? au nom des industriels|entreprises")},
}

func (p *Passage) sideTail(h holder) holder {
	for _, t := range sideTails {
		if end := matchAt(t.cues, p.Tokens, h.j); end > 0 {
			h.posts = append(h.posts, post{i: h.i, j: end, end: end, role: t.role, body: "binome", side: true})
			h.j = end
		}
	}
	return h
}

func (p *Passage) isPersonAt(k int) bool {
	if k >= len(p.Tokens) {
		return false
	}
	_, ok := p.personAt(k)
	return ok
}

// apposed: an office with its article is in apposition where something closes it.
func (p *Passage) apposed(j int) bool {
	switch p.foldAt(j) {
	case ",", "", ".", ";", ")":
		return true
	}
	return false
}

// parenthesis reads "(élu)", "(maire de Flers)", "(PDG, Verralia)" after a name.
func (p *Passage) parenthesis(h holder) holder {
	end := h.j + 1
	for end < len(p.Tokens) && end < h.j+16 && p.Tokens[end].Fold != ")" {
		end++
	}
	if p.foldAt(end) != ")" {
		return h
	}
	if o, ok := p.officeAt(h.j + 1); ok {
		if ps, isPost := p.postAt(h.j + 1); isPost {
			h.posts = append(h.posts, ps)
		}
		p.give(&h, o)
	} else if p.capitalIn(h.j+1, end) && p.officialEnd(h.j+1, isMember) == end {
		h.organisation = p.raw(h.j+1, end)
		h.class = elected
	} else if h.function == "" && end > h.j+1 {
		h.function = "(" + p.raw(h.j+1, end) + ")"
	}
	h.j = end + 1
	return h
}
