package markup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// dump writes a tree, a node a line, with all that a node holds.
func dump(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		fmt.Fprintf(&b, "%*s%d %q %d %q", depth, "", n.Type, n.Data, n.DataAtom, n.Namespace)
		for _, a := range n.Attr {
			fmt.Fprintf(&b, " %q:%q=%q", a.Namespace, a.Key, a.Val)
		}
		b.WriteByte('\n')
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Parent != n {
				b.WriteString("LOST PARENT\n")
			}
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	return b.String()
}

// compare fails where a page is taken for sound and its tree is not html.Parse's. It
// reports whether the page was sound.
func compare(t testing.TB, page string) bool {
	got := parseSound(page)
	if got == nil {
		return false
	}
	want, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("sound, but for html.Parse: %v\n%.2000q", err, page)
	}
	if g, w := dump(got), dump(want); g != w {
		a, b := strings.Split(g, "\n"), strings.Split(w, "\n")
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		t.Fatalf("trees differ in line %d:\n got %s\nwant %s\npage %.2000q", i, line(a, i), line(b, i), page)
	}
	return true
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// sound are bodies that need no mending, or one that is told.
var sound = []string{
	`<p>Un<p>deux</p><ul><li>a<li>b<ul><li>c</ul></ul>`,
	`<h1>T</h1><h2>U</h3>texte`,
	`<a href="?a=1&b=2&amp;copy=3">x &eacute; &amp; y</a> 1 < 2 <b>g<i>i</i></b>`,
	`<a title=z href='&quot;' class=a/b disabled>x</a><br/><img src=a.png alt="é"><hr>`,
	`<table><tr><td>1</td><td>2</table>`,
	`<table><caption>T</caption><colgroup><col><col></colgroup><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>1</td></tr><tr></tr></table>`,
	`<dl><dt>a<dd>b<dt>c<dd><p>d</dl>`,
	`<form><select name=a><option>1<option selected>2</select><input><textarea>

 &lt;x></textarea><button>ok</button></form>`,
	`<svg viewBox="0 0 1 1" xmlns:xlink="x"><title>t &amp; u</title><g><path d="M0"/></g><use xlink:href="#a"></use></svg>après`,
	`<pre>
x
</pre><script>if (a</b) "</p>"</script><style>p > a {}</style><noscript><p>non</p></noscript><!-- <p> -->`,
	`</div></img></x-y><p>un</p></body><p>deux</p></html>
<!-- fin -->`,
	`<picture><source srcset=a></source><img src=b></picture><x-y data-A=1>z</x-y>`,
	`<div><p>Un<div>deux</div></div><section><button>a</button></section><iframe><p></iframe>`,
}

// unsound are bodies that browsers mend: html.Parse has them.
var unsound = []string{
	`<b><p>un</b></p>`, `<p><span><div>x</div></span>`, `<table>texte<tr><td>1</table>`, `<a>a<a>b</a>`, `<p title="`, `<!-- x`,
	`<template><td></template>`, `<math><mi>x</mi></math>`, `<svg><foreignObject><p>x</foreignObject></svg>`, `<div class=a class=b>`,
	`<a href="&copy=1&copy">`, `<script><!--<script></script>--></script>`, `<object></object>`, `<li><div><li>`,
	`<svg><lineargradient/></svg>`, `</br>`, `<?php ?>`, `<form><form>`, `<frameset>`, `<button><button>`, `x<plaintext>y`,
}

func document(body string) string {
	return "<!DOCTYPE html>\n<html lang=fr><head><title>T &amp; U</title><meta charset=utf-8></head>\n<body class=x>" + body + "</body></html>\n"
}

func TestParse(t *testing.T) {
	for _, body := range sound {
		if !compare(t, document(body)) {
			t.Errorf("not sound: %s", body)
		}
	}
	for _, body := range unsound {
		if compare(t, document(body)) {
			t.Errorf("sound: %s", body)
		}
	}
	for _, page := range []string{"", "texte", "<p>x", "<html><body>x</body></html>", "<html><head></head><frameset></frameset></html>"} {
		if compare(t, page) {
			t.Errorf("sound: %s", page)
		}
	}
	old := strings.Replace(document("<p>x<p>y"), "html>", `html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">`, 1)
	if !compare(t, old) {
		t.Error("a page of before HTML 5 is not sound")
	}
}

// TestPages compares trees of the pages that the repository has, and of the corpus where
// it is there; most must be sound, or all this is for nothing.
func TestPages(t *testing.T) {
	n, all := 0, 0
	for _, page := range pages(t) {
		all++
		if compare(t, page) {
			n++
		}
	}
	if all == 0 || n*10 < all*7 {
		t.Errorf("%d of %d pages are sound", n, all)
	}
}

// pages are those of the test data of this repository.
func pages(t testing.TB) (all []string) {
	for _, folder := range []string{"../../testdata", "../../scrapers/testdata", "../../transform/article/testdata", "../../../shared/corpus"} {
		err := filepath.WalkDir(folder, func(file string, d os.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".html" {
				return err
			}
			page, err := os.ReadFile(file)
			all = append(all, strings.ReplaceAll(string(page), "\r\n", "\n"))
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return all
}

// TestScanner compares tokens with those of x/net's tokenizer, of pages that are not odd.
func TestScanner(t *testing.T) {
	for _, page := range pages(t) {
		if got, odd := scanned(page); !odd && got != tokenized(page) {
			t.Errorf("tokens differ:\n%.500q", page)
		}
	}
}

func scanned(page string) (tokens string, odd bool) {
	var b strings.Builder
	s := NewScanner(page)
	for kind := s.Next(); kind != End; kind = s.Next() {
		switch kind {
		case Text, Comment:
			text := s.Text
			if !s.Raw {
				text = html.UnescapeString(text)
			}
			fmt.Fprintf(&b, "%q\n", text)
		case StartTag, EndTag:
			fmt.Fprintf(&b, "%s %d", s.Name, s.Atom)
			for _, a := range s.Attrs() {
				if kind == StartTag {
					fmt.Fprintf(&b, " %s", a.Key)
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String(), s.Odd
}

func tokenized(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		switch t := z.Token(); t.Type {
		case html.TextToken, html.CommentToken:
			fmt.Fprintf(&b, "%q\n", t.Data)
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			fmt.Fprintf(&b, "%s %d", t.Data, t.DataAtom)
			for _, a := range t.Attr {
				fmt.Fprintf(&b, " %s", a.Key)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func FuzzParse(f *testing.F) {
	for _, body := range append(sound, unsound...) {
		f.Add(document(body))
	}
	f.Fuzz(func(t *testing.T, page string) {
		compare(t, page)
		compare(t, document(page))
	})
}
