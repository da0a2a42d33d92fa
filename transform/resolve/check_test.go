package resolve

import (
	"strings"
	"testing"

	"vigie"
)

// An essay is an article in the making: facts quote its paragraphs.
type essay struct {
	text   strings.Builder
	blocks []vigie.Block
	facts  []vigie.Fact
}

func (e *essay) block(kind vigie.BlockKind, text string, facts ...vigie.Fact) {
	lo := e.text.Len()
	e.text.WriteString(text)
	e.blocks = append(e.blocks, vigie.Block{Kind: kind, Level: 1, Lo: lo, Hi: e.text.Len()})
	start := len([]rune(e.text.String()[:lo]))
	for _, f := range facts {
		f.Quote, f.Span = text, vigie.Span{Start: start, End: start + len([]rune(text))}
		e.facts = append(e.facts, f)
	}
	e.text.WriteString("\n\n")
}

func labelled(ids ...string) (facts []vigie.Fact) {
	for _, id := range ids {
		facts = append(facts, said("d", "2018-11-22", vigie.Ref{Type: vigie.RefTerritory, ID: id}, vigie.Label{Territory: id, TerritoryID: id, Status: vigie.Labelled}))
	}
	return facts
}

func composing(territory string, sirens ...string) (facts []vigie.Fact) {
	for _, siren := range sirens {
		facts = append(facts, said("d", "2018-11-22", vigie.Ref{Type: vigie.RefTerritory, ID: territory}, vigie.Member{Territory: territory, Member: siren, MemberID: siren}))
	}
	return facts
}

func counted(measure string, value float64, scope vigie.Ref) vigie.Fact {
	return said("d", "2018-11-22", scope, vigie.Figure{Measure: measure, Value: value, Unit: vigie.UnitCount})
}

func TestAnArticleChecksItself(t *testing.T) {
	g := official(t)
	normandie := vigie.Ref{Type: vigie.RefRegion, ID: "28"}
	axe := vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2801@2018"}
	three := labelled("ti-2806@2018", "ti-2808@2018", "ti-2803@2018")
	for _, tt := range []struct {
		name  string
		write func(*essay)
		want  string // part of the only question; empty: none
	}{
		{"a total that fits", func(e *essay) {
			e.block(vigie.Paragraph, "3 territoires : A, B et C.", append(three, counted("territories", 3, normandie))...)
		}, ""},
		{"a total that does not", func(e *essay) {
			e.block(vigie.Paragraph, "4 territoires : A, B et C.", append(three, counted("territories", 4, normandie))...)
		}, "Le texte annonce 4 territoires, vigie en lit 3 à côté : « 4 territoires : A, B et C. » ; « "},
		{"only some are named", func(e *essay) {
			e.block(vigie.Paragraph, "4 territoires, dont A, B et C.", append(three, counted("territories", 4, normandie))...)
		}, ""},
		{"about as many", func(e *essay) {
			e.block(vigie.Paragraph, "Plus de 4 territoires : A, B et C.", append(three, counted("territories", 4, normandie))...)
		}, ""},
		{"another number fits", func(e *essay) {
			e.block(vigie.Paragraph, "Sur 5 territoires, 3 sont retenus : A, B et C.",
				append(three, counted("territories", 5, normandie), counted("territories", 3, normandie))...)
		}, ""},
		{"a national total beside a few names", func(e *essay) {
			e.block(vigie.Paragraph, "124 territoires. Ici : A, B et C.", append(three, counted("territories", 124, vigie.France))...)
		}, ""},
		{"a list below", func(e *essay) {
			e.block(vigie.Paragraph, "Les 4 territoires retenus :", counted("territories", 4, normandie))
			for i, f := range three {
				e.block(vigie.Item, string(rune('A'+i)), f)
			}
		}, "Le texte annonce 4 territoires, vigie en lit 3 à côté : « Les 4 territoires retenus : » ; « A ; B ; C »"},
		{"a list below with an item that was not read", func(e *essay) {
			e.block(vigie.Paragraph, "Les 4 territoires retenus :", counted("territories", 4, normandie))
			for i, f := range three {
				e.block(vigie.Item, string(rune('A'+i)), f)
			}
			e.block(vigie.Item, "D")
		}, ""},
		{"as many EPCI as announced", func(e *essay) {
			e.block(vigie.Paragraph, "Les sept EPCI de l'Axe Seine.", counted("epci", 7, axe))
		}, ""},
		{"other EPCI than the list", func(e *essay) {
			e.block(vigie.Paragraph, "Les onze EPCI de l'Axe Seine.", counted("epci", 11, axe))
		}, "Le texte annonce 11 intercommunalités pour Axe Seine, la liste officielle en a "},
		{"a member of the list, under its SIREN of the time", func(e *essay) {
			e.block(vigie.Paragraph, "La CODAH en est.", composing("ti-2801@2018", "247600596")...)
		}, ""},
		{"a member that the list does not have", func(e *essay) {
			e.block(vigie.Paragraph, "La métropole de Lyon en est.", composing("ti-2801@2018", "200046977")...)
		}, "que 200046977 fait partie de Axe Seine, la liste officielle ne l'y a pas : « La métropole de Lyon en est. »"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var e essay
			tt.write(&e)
			a := vigie.NewArticle(vigie.Article{Text: e.text.String(), Blocks: e.blocks})
			got := Questions(g, a, e.facts)
			if tt.want == "" && len(got) == 0 || len(got) == 1 && tt.want != "" && strings.Contains(got[0], tt.want) {
				return
			}
			t.Errorf("Questions: %q, want one with %q", got, tt.want)
		})
	}
}
