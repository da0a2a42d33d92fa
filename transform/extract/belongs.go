package extract

import (
	"slices"

	"vigie"
)

// An EPCI told alone belongs to a territory where the text says so; one told beside those
// that compose it, where the official list knows it too.

var (
	// belonging stand between an EPCI and the territory that it belongs to.
	belonging = cues(
		",? qui? est|sont ..2 membre|membres du|de|d'", ", ..2 membre|membres du|de|d'", ",? qui? appartient|appartiennent ..2 a|au|aux", ",? qui? rejoint|rejoignent|integre|integrent le|la|l'?", ",? qui? a|ont rejoint|integre le|la|l'?",
		",? qui? adhere|adherent ..1 a|au", ",? qui? fait|font ..2 partie du|de|d'", ",? qui? participe|participent ..1 a|au", ", incluse? dans le",
	)
	membersOf = cues("membre|membres du|de|d'", "partie prenante du|de|d'", "integree? au|dans le")
	// theGround is the territory, where no name follows.
	theGround = cues("territoire", "perimetre", "meme territoire")
	// fellows lead in those who compose a territory with somebody.
	fellows = cues(
		"communautes|intercommunalites|epci|collectivites|agglomerations|etablissements ..2 partenaires|membres|concernees|concernes|associees|associes|adherentes|adherents|fondatrices|fondateurs ,|(|–|-|:",
		"avec|et ses|leurs deux|trois|quatre|cinq|six? voisines|voisins|partenaires ,|(|–|-|:", "avec|et ses|leurs voisines|voisins|partenaires de|du|des|d'?",
	)
	alliance = cues("s' est|sont allie|alliee|allies|alliees|associe|associee|associes|unie|unies|regroupee|regroupees a|au|aux|avec", "alliance|union|rapprochement|mariage de|du|des|d'|entre")
)

// belongingMembers: "la communauté de communes A est membre du territoire d'industrie",
// "Membre du territoire d'industrie B, A accueille trente usines".
func (p *Passage) belongingMembers() []Match {
	var ms []Match
	for _, s := range p.membership() {
		b, ok := p.territory(p.Hi)
		i, j := p.token(s.lo()), p.token(s.hi()-1)+1
		for _, h := range p.found(belonging) {
			if h.i != j {
				continue
			}
			if own, end := p.groundAt(h.j); end > 0 {
				if own.id != "" {
					b, ok = own, true
				}
				if ok && (own.id != "" || p.allOfficial(s, b)) {
					ms = append(ms, p.memberMatches(s, b, p.Lo, p.Hi, "member-belongs")...)
				}
			}
		}
		if own, end := p.groundAt(max(0, matchAt(membersOf, p.Tokens, 0))); matchAt(membersOf, p.Tokens, 0) > 0 && p.foldAt(end) == "," && p.pastDeterminers(end+1) == i {
			if own.id != "" {
				b, ok = own, true
			}
			if ok {
				ms = append(ms, p.memberMatches(s, b, p.Lo, p.Hi, "member-belongs")...)
			}
		}
	}
	return ms
}

// groundAt reads "territoire d'industrie Nord Franche-Comté", "territoire" from token k on:
// which one, where it is named, and the token after; 0 where it is something else.
func (p *Passage) groundAt(k int) (b bearer, end int) {
	k = p.pastDeterminers(k)
	if m, ok := p.mentionFrom(k); ok {
		if m.plural || m.programme != p.Programme {
			return b, 0
		}
		end, _ = p.mentionAt(k)
	} else if end = matchAt(theGround, p.Tokens, k); end < 0 {
		end = k
	}
	for _, at := range []int{end, end + 1} {
		if e := p.officialEnd(p.pastDeterminers(at), p.bears); e > p.pastDeterminers(at) && (at == end || p.Tokens[end].Is("de", "du", "des", "d'")) {
			return p.bearerNamed(p.raw(p.pastDeterminers(at), e)), e
		}
	}
	if end == k {
		return b, 0
	}
	return b, end
}

// allOfficial reports whether the official list has all of the series in the territory.
func (p *Passage) allOfficial(s series, b bearer) bool {
	return !slices.ContainsFunc(s, func(q piece) bool { return q.name == nil || !p.officialMember(q, b) })
}

// fellow: "les trois communautés partenaires, A, B et C", "A et ses deux voisines, B et C".
func (p *Passage) fellow(s series, b bearer) bool {
	i := p.token(s.lo())
	for _, h := range append(p.found(fellows), p.found(alliance)...) {
		if h.j <= i && i-h.j <= 5 && p.only(memberLead, h.j, i) {
			return p.allOfficial(s, b)
		}
	}
	return false
}

// besides adds the EPCI that the sentence names beside those that it says compose the
// territory, where the official list has them in it.
func (p *Passage) besides(ms []Match, b bearer) []Match {
	if len(ms) == 0 || ms[0].Refused != "" {
		return ms
	}
	for _, n := range p.Names {
		q := piece{lo: n.Lo, hi: n.Hi, name: &n}
		if !isMember(n) || !p.officialMember(q, b) || hasCue(notMembers, p.around(series{q}, 8, 4)) || hasCue(acting, p.around(series{q}, 4, 2)) {
			continue
		}
		m := p.member(n.Lo, n.Hi, b)
		if !slices.ContainsFunc(ms, func(o Match) bool { return o.Detail.(vigie.Member).MemberID == m.MemberID }) {
			ms = append(ms, p.memberMatches(series{q}, b, p.Lo, p.Hi, "member-beside")...)
		}
	}
	return ms
}
