package extract

import "vigie"

// onePerField: "un industriel référent par filière : A pour la chimie, B pour l'emballage".
func (p *Passage) onePerField(k int) (hs []holder, end int) {
	if k = matchAt(perField, p.Tokens, k); k < 0 {
		return nil, 0
	}
	for k < len(p.Tokens) {
		h, ok := p.holderAt(k)
		if !ok || h.kind != vigie.HolderPerson {
			break
		}
		hs, end = append(hs, h), h.j
		for k = h.j; k < len(p.Tokens) && k < h.j+12 && !p.Tokens[k].Is(",", ";", "et"); k++ {
		}
		if p.foldAt(k) == "," && p.foldAt(k+1) == "et" {
			k++
		}
		k++
	}
	return hs, end
}

var perField = cues("par|pour chaque? filiere|filieres|secteur|thematique|axe|intercommunalite|epci|bassin :|,", "par|pour chaque? filiere|secteur|thematique|axe|intercommunalite|epci|bassin ..3 :")

// pastInserted returns the token after ", créé en janvier," at token k, k where no
// participle is inserted there.
func (p *Passage) pastInserted(k int) int {
	if p.foldAt(k) != "," || !p.accented(k+1) && !p.Tokens[min(k+1, len(p.Tokens)-1)].Is("ouvert", "vacant", "qui", "dont", "que", "en") {
		return k
	}
	for i := k + 2; i < len(p.Tokens) && i < k+15 && !p.Tokens[i].Is(";", ":", "("); i++ {
		if p.Tokens[i].Is(",") {
			return i + 1
		}
	}
	return k
}
