package article

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A meta is what a page declares of itself and does not show.
type meta struct {
	values    map[string]string // of meta elements, by lower-case name; the first of each
	title     string            // of the title element
	canonical string
	linked    linkedData
}

// A linkedData is what a page's JSON-LD says of the article.
type linkedData struct{ headline, published, modified, publisher string }

func readMeta(root *html.Node) meta {
	m := meta{values: map[string]string{}}
	var graph []map[string]any
	each(root, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Meta:
			m.add(n)
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && m.canonical == "" {
				m.canonical = attr(n, "href")
			}
		case atom.Title:
			if m.title == "" && !inside(n, "svg") {
				m.title = label(n)
			}
			return false
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
				graph = append(graph, ldObjects(n.FirstChild.Data)...)
			}
			return false
		}
		return true
	})
	m.linked = readLinked(graph)
	return m
}

func inside(n *html.Node, tag string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Data == tag {
			return true
		}
	}
	return false
}

// add takes a meta element of the head. Those with itemprop may stand anywhere and
// speak of whatever they stand in: [days] reads them where they stand.
func (m *meta) add(n *html.Node) {
	name := attr(n, "property")
	if name == "" {
		name = attr(n, "name")
	}
	name, content := strings.ToLower(name), strings.Join(strings.Fields(clean(attr(n, "content"))), " ")
	if _, seen := m.values[name]; name != "" && content != "" && !seen {
		m.values[name] = content
	}
}

// first returns the value of the first of the names that the page declares.
func (m *meta) first(names ...string) string {
	for _, n := range names {
		if v := m.values[n]; v != "" {
			return v
		}
	}
	return ""
}

// articleTypes are the schema.org types that a publication date may be taken from,
// best first. A WebPage's is often the template's, but better than none.
var articleTypes = []string{
	"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "Article", "BlogPosting", "Report",
	"GovernmentService", "JobPosting", "Event", "WebPage",
}

func readLinked(graph []map[string]any) linkedData {
	var d linkedData
	for _, t := range articleTypes {
		for _, o := range graph {
			if !ofType(o, t) {
				continue
			}
			d.headline = firstOf(d.headline, str(o["headline"]))
			if t != "Event" { // an event's date is when it happens
				d.published = firstOf(d.published, str(o["datePublished"]), str(o["datePosted"]))
				d.modified = firstOf(d.modified, str(o["dateModified"]))
			}
			d.publisher = firstOf(d.publisher, nameOf(o["publisher"], graph))
		}
	}
	return d
}

// ldObjects returns all objects of a JSON-LD script, outer before inner; none where it is broken.
func ldObjects(script string) []map[string]any {
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		// Pasted line breaks within strings are the common fault of hand-made JSON-LD.
		flat := strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(script)
		if json.Unmarshal([]byte(flat), &v) != nil {
			return nil
		}
	}
	var all []map[string]any
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			all = append(all, v)
			walk(v["@graph"])
			walk(v["mainEntity"])
		}
	}
	walk(v)
	return all
}

func ofType(o map[string]any, t string) bool {
	if list, ok := o["@type"].([]any); ok {
		return slices.Contains(list, any(t))
	}
	return str(o["@type"]) == t
}

// nameOf returns the name of an organisation given as a string, an object, a list, or
// a reference to another object of the graph.
func nameOf(v any, graph []map[string]any) string {
	switch v := v.(type) {
	case string:
		return str(v)
	case []any:
		if len(v) > 0 {
			return nameOf(v[0], nil)
		}
	case map[string]any:
		if name := str(v["name"]); name != "" {
			return name
		}
		for _, o := range graph {
			if id := str(v["@id"]); id != "" && str(o["@id"]) == id {
				return str(o["name"])
			}
		}
	}
	return ""
}

func str(v any) string {
	s, _ := v.(string)
	return strings.Join(strings.Fields(clean(html.UnescapeString(s))), " ")
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
