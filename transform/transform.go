// Package transform reads archived pages: bytes in, facts with their quotes out. It is
// pure: no clock, no network, no log; the same bytes and the same version give the same
// facts.
package transform

import (
	"fmt"
	"runtime/debug"

	"vigie"
	"vigie/transform/article"
	"vigie/transform/extract"
	"vigie/transform/gazetteer"
	"vigie/transform/programme"
	"vigie/transform/resolve"
)

// Version names the rules. It is stored with every reading; a document read by another
// version is read again.
const Version = "6"

// A Pipeline reads documents. It is safe for concurrent use.
type Pipeline struct {
	Gazetteer  *gazetteer.Gazetteer
	Programmes []*programme.Programme

	grammar *extract.Grammar
}

// New returns a pipeline over the embedded official tables and programmes.
func New() (*Pipeline, error) {
	g, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("load the official tables: %w", err)
	}
	programmes, err := programme.Default()
	if err != nil {
		return nil, err
	}
	grammar, err := extract.New(g, programmes)
	if err != nil {
		return nil, err
	}
	return &Pipeline{Gazetteer: g, Programmes: programmes, grammar: grammar}, nil
}

// A Reading is what one body says.
type Reading struct {
	Article  *vigie.Article
	Facts    []vigie.Fact
	Refusals []vigie.Refusal

	Questions []string // where the article fits neither itself nor the official lists, in French
	Print     string   // what its text is told by: see resolve.Print
}

// Document reads a body. A page without facts is no error; one that cannot be read is. A
// page that our rules stumble over is an error too: it must not end the night of the others.
func (p *Pipeline) Document(in article.Input) (r Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = Reading{}, fmt.Errorf("read %s: a mistake of vigie's, please report it with the page: %v\n%s", in.URL, v, debug.Stack())
		}
	}()
	a, err := p.Read(in)
	if err != nil {
		return Reading{}, err
	}
	return p.Article(a)
}

// Read reads a body without looking for facts. What is broken at a line's end is put
// together with the help of the official names.
func (p *Pipeline) Read(in article.Input) (*vigie.Article, error) {
	in.Known = p.isName
	return article.Read(in)
}

func (p *Pipeline) isName(word string) bool {
	for _, h := range p.Gazetteer.Find(word) {
		if h.Lo == 0 && h.Hi == len(word) {
			return true
		}
	}
	return false
}

// Article extracts the facts of an article that is read already. A fact that breaks the
// contract is a mistake of ours: it is an error that names the fact, and none is returned.
func (p *Pipeline) Article(a *vigie.Article) (Reading, error) {
	facts, refusals := p.grammar.Facts(a)
	for _, f := range facts {
		if err := f.Validate(a.Text); err != nil {
			return Reading{}, fmt.Errorf("extract from %s: %w", name(a), err)
		}
	}
	return Reading{
		Article: a, Facts: facts, Refusals: refusals,
		Questions: resolve.Questions(p.Gazetteer, a, facts), Print: resolve.PrintOf(a.Text).String(),
	}, nil
}

// Trace tells how an article that is read already becomes facts.
func (p *Pipeline) Trace(a *vigie.Article) *extract.Trace { return p.grammar.Trace(a) }

func name(a *vigie.Article) string {
	if a.URL != "" {
		return a.URL
	}
	return string(a.Document)
}
