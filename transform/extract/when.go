package extract

import "vigie/internal/french"

// undated returns the tokens [i, j) without when and how: "recrutée en janvier comme".
func (p *Passage) undated(i, j int) []french.Token {
	var kept []french.Token
	for k := i; k < j; k++ {
		if end := p.whenEnd(k, j); end > k {
			k = end - 1
			continue
		}
		if !adverbial(p.Tokens[k].Fold) && !p.Tokens[k].Is("recemment", "aussitot") {
			kept = append(kept, p.Tokens[k])
		}
	}
	return kept
}

// whenEnd returns the token after the circumstance of time that begins at token k and ends
// before j: "en janvier", "depuis le 8 janvier"; k where none does.
func (p *Passage) whenEnd(k, j int) int {
	from := k
	for from < j && p.Tokens[from].Is("en", "depuis", "le", "au", "des", "debut", "fin", "mi", "courant", "a", "la", "l'", "-") {
		from++
	}
	for _, t := range p.Dates {
		if at := p.token(t.Lo); at >= k && at <= from && t.Hi <= p.Tokens[j-1].Hi {
			return max(k, p.token(t.Hi-1)+1)
		}
	}
	return k
}
