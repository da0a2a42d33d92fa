package gazetteer

// A path is a way through the tree that ends where names are.
type path struct {
	node   int32
	lo, hi int // its tokens, without leading articles
	next   int // the token behind it
	gaps   uint32
	links  uint16
	ets    uint16
	edges  int
	flags  uint8 // hasComma, hasParen: what the text has between its words
	cased  uint8 // of any of its words, linking ones aside
	upper  bool  // all of its words are in capitals
}

// walk appends the paths that begin at tokens[i], the longest last. It crosses gaps up to limit.
func (x *index) walk(tokens []token, i int, limit gap, paths []path) []path {
	for i < len(tokens) && x.linked[tokens[i].word] != noLink && limit == gapBreak {
		i++ // a name of its own may begin with any article
	}
	p := path{lo: i, upper: true}
	var pending path // what linking words since the last edge add
	for j := i; j < len(tokens); j++ {
		t := tokens[j]
		if j > i {
			if t.gap > limit || t.gap == gapQuote && limit != gapBreak {
				break
			}
			pending.crosses(t.gap)
		}
		bit := uint16(1) << min(p.edges, 15)
		pending.gaps = mixGap(pending.gaps, t.word)
		switch x.linked[t.word] {
		case linkEt:
			pending.ets |= bit
			continue
		case linkDe, linkArticle:
			pending.links |= bit
			continue
		}
		if p.node = x.step(p.node, t.word); p.node == 0 {
			break
		}
		p.take(pending, t)
		p.hi, p.next = j, j+1
		if x.heads[p.node] != 0 {
			paths = append(paths, p)
		}
	}
	return paths
}

// crosses notes a comma or a parenthesis.
func (p *path) crosses(g gap) {
	switch g {
	case gapComma:
		p.flags |= hasComma
	case gapParen:
		p.flags |= hasParen
	}
}

// take moves p over a word and the linking words before it.
func (p *path) take(pending path, t token) {
	p.gaps, p.links, p.ets, p.flags = pending.gaps, pending.links, pending.ets, pending.flags
	p.edges++
	p.cased |= t.cased
	p.upper = p.upper && t.cased&(capitals) != 0
}

// fits reports whether a name's linking words, commas and parentheses allow the path.
func (p *path) fits(n *name) bool {
	if p.flags&^n.flags&(hasComma|hasParen) != 0 {
		return false
	}
	return p.ets&^n.ets == 0
}
