package extract

import (
	"strings"

	"vigie"
)

// A binôme of an élu and an industriel leads each territory of Territoires d'industrie.

var (
	pairNouns = cues("binome|binomes|duo|duos|tandem|tandems")
	// pairKinds say of whom: "binôme élu local-industriel".
	pairKinds = cues(
		"elu|elus|elue local|locaux?", "elu|elus|elue|elu-industriel|elue-industriel|elu-industrielle|elus-industriels|elu-entrepreneur|local-industriel|public-prive|elu-entreprise|elus-entreprises",
		"de pilotes|copilotes|referents", "industriel|industriels|industrielle|entreprise|entreprises|entrepreneur|local|locaux", "chef d' entreprise", "/", "-", "–", "et",
	)
	// pairMade stand between the binôme and those who form it.
	pairMade = cues(
		",? se compose|composent d'|de|du|des", ",? est|sont|,|sera compose|composee|composes|constitue|constitues|forme|formes|reunit de|d'|du|des|par", ", reunissant|associant|rassemblant|alliant", "compose|composee|composes|constitue|constitues|forme|formes|reunit de|d'|du|des|par", "reunissant|associant|rassemblant|alliant|reunit|reunissent|associe|associent|mariant",
	)
)

// pairAt reads a binôme: its persons where they are named, else who it is of.
func (p *Passage) pairAt(i int) (holder, bool) {
	k := i
	for k < len(p.Tokens) && k < i+3 && (determiners[p.Tokens[k].Fold] || p.isCount(k)) {
		k++
	}
	first := k
	for first > i && p.isCount(first-1) { // "7 binômes": the number is said of them
		first--
	}
	noun := matchAt(pairNouns, p.Tokens, k)
	if noun < 0 {
		return holder{}, false
	}
	h := holder{i: i, kind: vigie.HolderFunction, pair: true, plural: strings.HasSuffix(p.Tokens[noun-1].Fold, "s")}
	end := noun
	for end < len(p.Tokens) {
		e := matchAt(pairKinds, p.Tokens, end)
		if e < 0 || p.newCell(end) {
			break
		}
		end = e
	}
	for end > noun && p.Tokens[end-1].Is("/", "-", "–", "et") {
		end--
	}
	h.bare = end == noun
	if made := matchAt(pairMade, p.Tokens, end); made > 0 {
		if hs, e := p.list(made); len(hs) > 0 {
			h.bare, end = false, e
			h.members = persons(hs)
		}
	} else if p.foldAt(end) == "(" || p.foldAt(end) == ":" || end < len(p.Tokens) && p.Tokens[end].Is("–", "—") || p.foldAt(end) == "," && p.isPersonAt(end+1) {
		hs, e := p.list(end + 1)
		if k := p.closing(end); k > end && len(hs) < 2 { // "le binôme (A, B)"
			if two := p.holdersWithin(end+1, k); len(two) == 2 {
				hs, e = two, k
			}
		}
		if len(persons(hs)) > 0 {
			h.bare, h.members, end = false, persons(hs), e
		}
	} else if hs, e := p.couple(end); len(hs) == 2 && h.bare { // "le binôme Jeanne Petit et Paul Grand"
		h.bare, h.members, end = false, persons(hs), e
	}
	h.j, h.name = end, p.raw(first, end)
	return h, true
}

// closing returns the token of the bracket that closes the one at token k; k where none does.
func (p *Passage) closing(k int) int {
	if p.foldAt(k) != "(" {
		return k
	}
	for i := k + 1; i < len(p.Tokens); i++ {
		if p.Tokens[i].Is(")") {
			return i
		}
	}
	return k
}

// couple reads two persons joined by "et", a dash or a slash.
func (p *Passage) couple(k int) ([]holder, int) {
	hs, end := p.list(k)
	if len(hs) == 1 && p.foldAt(end) != "" && p.Tokens[end].Is("-", "–", "/") {
		if other, ok := p.holderAt(end + 1); ok {
			hs, end = append(hs, other), other.j
		}
	}
	if len(hs) != 2 || persons(hs) == nil {
		return nil, k
	}
	return hs, end
}

func (p *Passage) isCount(k int) bool {
	for _, n := range p.Numbers {
		if n.Lo <= p.Tokens[k].Lo && p.Tokens[k].Hi <= n.Hi && !n.Ordinal {
			return true
		}
	}
	return false
}

// persons returns the persons of a list; nil where any is none.
func persons(hs []holder) []holder {
	for _, h := range hs {
		if h.kind != vigie.HolderPerson {
			return nil
		}
	}
	return hs
}

// sides gives each of a binôme its role: what the text calls them; else élu and
// industriel where their offices say it of both; else pilote.
func sides(hs []holder) []string {
	roles := make([]string, len(hs))
	told := true
	for i, h := range hs {
		if len(h.posts) > 0 && (h.posts[0].role == "elu-referent" || h.posts[0].role == "industriel-referent") {
			roles[i] = h.posts[0].role
			continue
		}
		switch h.class {
		case elected:
			roles[i] = "elu-referent"
		case industrial:
			roles[i] = "industriel-referent"
		default:
			told = false
		}
	}
	if len(hs) == 2 && !told { // an élu and somebody of a firm: the other half
		for i, other := range []int{1, 0} {
			if roles[i] == "" && hs[i].organisation+hs[i].function != "" {
				roles[i], told = otherSide[roles[other]], roles[other] != ""
			}
		}
	}
	if len(hs) == 2 && told && roles[0] != roles[1] {
		return roles
	}
	for i, h := range hs {
		if len(h.posts) == 0 {
			roles[i] = "pilote"
		}
	}
	return roles
}

var otherSide = map[string]string{"elu-referent": "industriel-referent", "industriel-referent": "elu-referent"}
