package transform_test

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"

	"vigie"
)

// asText writes blocks the way a feed or a converter gives a text; mark stands before
// list items.
func asText(blocks []block, mark string) string {
	var b strings.Builder
	for i, k := range blocks {
		if i > 0 {
			b.WriteString("\n")
			if prev := blocks[i-1].kind; !inGroup(prev, k.kind) {
				b.WriteString("\n")
			}
		}
		if k.kind == vigie.Item {
			b.WriteString(strings.Repeat("  ", max(0, k.level-1)) + mark)
		}
		b.WriteString(k.text)
	}
	return b.String() + "\n"
}

// inGroup reports whether two blocks stand on consecutive lines.
func inGroup(a, b vigie.BlockKind) bool {
	switch b {
	case vigie.Item:
		return a == vigie.Item
	case vigie.Row, vigie.Header:
		return a == vigie.Row || a == vigie.Header
	case vigie.Definition:
		return a == vigie.Term
	}
	return false
}

// asPage writes blocks as a page of a site: paragraphs by <p>, or by <br> alone.
func asPage(blocks []block, published vigie.Date, breaks bool) string {
	w := pageWriter{breaks: breaks}
	for _, k := range blocks {
		w.put(k)
	}
	w.close("")
	title := ""
	if len(blocks) > 0 {
		title = html.EscapeString(blocks[0].text)
	}
	return fmt.Sprintf("<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>%s</title>"+
		"<meta property=\"article:published_time\" content=\"%s\"></head><body><article>\n%s</article></body></html>", title, published, w.out.String())
}

type pageWriter struct {
	out    strings.Builder
	open   []string // tags of the list, table or definitions under way
	breaks bool
}

// close ends what is open unless it is the tag wanted.
func (w *pageWriter) close(want string) {
	for len(w.open) > 0 && w.open[0] != want {
		n := len(w.open) - 1
		w.out.WriteString("</" + w.open[n] + ">\n")
		w.open = w.open[:n]
	}
}

func (w *pageWriter) openTag(tag string) {
	w.close(tag)
	if len(w.open) == 0 {
		w.out.WriteString("<" + tag + ">\n")
		w.open = append(w.open, tag)
	}
}

func (w *pageWriter) put(k block) {
	text := strings.ReplaceAll(html.EscapeString(k.text), "\n", "<br>")
	switch k.kind {
	case vigie.Item:
		w.openTag("ul")
		for len(w.open) > k.level {
			w.out.WriteString("</ul>\n")
			w.open = w.open[:len(w.open)-1]
		}
		for len(w.open) < k.level {
			w.out.WriteString("<ul>\n")
			w.open = append(w.open, "ul")
		}
		w.out.WriteString("<li>" + text)
	case vigie.Header, vigie.Row:
		w.openTag("table")
		cell := map[vigie.BlockKind]string{vigie.Header: "th", vigie.Row: "td"}[k.kind]
		w.out.WriteString("<tr><" + cell + ">" + strings.ReplaceAll(text, "\t", "</"+cell+"><"+cell+">") + "</" + cell + "></tr>\n")
	case vigie.Term, vigie.Definition:
		w.openTag("dl")
		tag := map[vigie.BlockKind]string{vigie.Term: "dt", vigie.Definition: "dd"}[k.kind]
		fmt.Fprintf(&w.out, "<%s>%s</%s>\n", tag, text, tag)
	case vigie.Heading:
		w.close("")
		fmt.Fprintf(&w.out, "<h%d>%s</h%d>\n", k.level, text, k.level)
	case vigie.Quotation:
		w.close("")
		w.out.WriteString("<blockquote><p>" + text + "</p></blockquote>\n")
	default:
		w.close("")
		if w.breaks {
			w.out.WriteString(text + "<br><br>\n")
			return
		}
		w.out.WriteString("<p>" + text + "</p>\n")
	}
}

// What surrounds an article says things that are false, and may name no fact.
var chrome = []string{
	"<nav><ul><li><a href=\"/\">Accueil</a></li><li><a href=\"/industrie\">Territoires d'industrie</a></li></ul></nav>",
	"<div class=\"cookie-banner\"><p>Nous et nos 812 partenaires déposons des cookies.</p></div>",
	"<header><a href=\"/\">Le portail</a><form><input type=\"search\"></form></header>",
	"<div class=\"breadcrumb\"><a href=\"/\">Accueil</a> &gt; <a href=\"/actus\">Actualités</a></div>",
	"<ul class=\"share\"><li><a href=\"#\">Partager sur Facebook</a></li><li><a href=\"#\">Imprimer</a></li></ul>",
}

var trailer = []string{
	"<aside class=\"related\"><h2>À lire aussi</h2><ul><li><a href=\"/a\">Saint-Dizier : le territoire d'industrie Nord Haute-Marne labellisé</a></li><li><a href=\"/b\">Six bourgs retenus pour Petites villes de demain</a></li></ul></aside>",
	"<section id=\"comments\"><h2>Commentaires (2)</h2><div class=\"comment\"><p>Jeanlou : 45 millions d'euros pour le territoire d'industrie de Bar-le-Duc, c'est honteux !</p></div></section>",
	"<aside class=\"sidebar\"><h3>Les plus lus</h3><ol><li><a href=\"/c\">Nevers lauréate d'Action cœur de ville</a></li></ol></aside>",
	"<footer><p>© Le portail, tous droits réservés. Mentions légales</p></footer>",
	"<div class=\"newsletter\"><p>Recevez chaque jeudi 17 mesures pour votre entreprise</p><form><input type=\"email\"><button>S'inscrire</button></form></div>",
}

// inSite puts a page's article among the furniture of a site.
func inSite(page string, rnd *rand.Rand) string {
	pick := func(all []string) string {
		var b strings.Builder
		for _, i := range rnd.Perm(len(all))[:2+rnd.IntN(len(all)-2)] {
			b.WriteString(all[i] + "\n")
		}
		return b.String()
	}
	page = strings.Replace(page, "<body>", "<body>"+pick(chrome), 1)
	return strings.Replace(page, "</article>", "</article>"+pick(trailer), 1)
}
