package reports

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// A dataPackage describes the files for programs, as the Data Package standard (v1) has it.
type dataPackage struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version,omitempty"`
	Edition     string     `json:"edition,omitempty"`
	Created     string     `json:"created"`
	Licenses    []licence  `json:"licenses,omitempty"`
	Sources     []origins  `json:"sources,omitempty"`
	Keywords    []string   `json:"keywords"`
	Resources   []resource `json:"resources"`
}

type licence struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

type origins struct {
	Title string `json:"title"`
}

type resource struct {
	Profile     string       `json:"profile"`
	Name        string       `json:"name"`
	Path        string       `json:"path"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Format      string       `json:"format"`
	MediaType   string       `json:"mediatype"`
	Encoding    string       `json:"encoding"`
	Dialect     *dialect     `json:"dialect,omitempty"`
	Schema      *tableSchema `json:"schema,omitempty"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type tableSchema struct {
	Fields        []schemaField `json:"fields"`
	MissingValues []string      `json:"missingValues"`
}

type schemaField struct {
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Type        string       `json:"type"`
	Format      string       `json:"format,omitempty"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Enum []string `json:"enum"`
}

// factsFile holds the records, a JSON object a line.
const factsFile = "faits.jsonl"

// writeDataPackage describes the tables' files and that of the records.
func writeDataPackage(w io.Writer, d *Data, tables []Table) error {
	p := dataPackage{
		Profile: "data-package", Name: "vigie-" + strings.TrimSuffix(FileName(d.Region), ".xlsx"),
		Title: "Territoires labellisés : " + d.Region.Name,
		Description: "Ce que des sources publiques annoncent des dispositifs nationaux de labellisation, avec leurs mots exacts. Les citations restent à leurs auteurs ; celles de la presse sont coupées à 200 caractères (« " + Cut +
			" »). Un texte qui commence comme une formule de tableur est précédé d'une apostrophe dans les fichiers CSV ; faits.jsonl l'a tel quel.",
		Version: d.Version, Edition: d.Edition, Created: d.made().UTC().Format(time.RFC3339),
		Licenses: licencesOf(d.Tables), Sources: d.originsOf(),
		Keywords: []string{"territoires", "labels", "Territoires d'industrie", d.Region.Name},
	}
	for _, t := range tables {
		if t.Layout == Grid {
			p.Resources = append(p.Resources, t.resource())
		}
	}
	p.Resources = append(p.Resources, resource{
		Profile: "data-resource", Name: "faits", Path: factsFile, Title: "Faits", Format: "jsonl", MediaType: "application/x-ndjson", Encoding: "utf-8",
		Description: "Un objet JSON par ligne et par fait : ses champs, tous les documents qui l'énoncent (mentions), les décisions des analystes.",
	})
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

// made is when the data were read, or else the report's day.
func (d *Data) made() time.Time {
	if d.Known.IsZero() {
		return d.date()
	}
	return d.Known
}

func (t Table) resource() resource {
	r := resource{
		Profile: "tabular-data-resource", Name: slug(t.Name), Path: slug(t.Name) + ".csv", Title: t.Title, Description: t.Note,
		Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
		Dialect: &dialect{Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true, Header: true},
		Schema:  &tableSchema{MissingValues: []string{""}},
	}
	for _, c := range t.Columns {
		if !c.Entry {
			r.Schema.Fields = append(r.Schema.Fields, c.schema())
		}
	}
	return r
}

// schema is the column in the words of Table Schema.
func (c Column) schema() schemaField {
	f := schemaField{Name: c.Key, Title: c.Name, Description: c.About, Type: "string"}
	codes := slices.Sorted(maps.Keys(c.Words))
	switch {
	case c.Type == Day:
		f.Type = "date"
	case c.Type == Moment:
		f.Type = "datetime"
	case c.Type > Moment:
		f.Type = "number"
	case len(codes) > 0 && slices.Contains(codes, "true"):
		f.Type = "boolean"
	case len(codes) > 0:
		f.Constraints = &constraints{Enum: codes}
	case c.Type == Link:
		f.Format = "uri"
	}
	return f
}

// licencesOf are the licences of the official tables, once each.
func licencesOf(tables []OfficialTable) []licence {
	var all []licence
	for _, t := range tables {
		l := licence{Name: slug(t.Licence), Title: t.Licence}
		if strings.HasPrefix(l.Name, "licence-ouverte") {
			l.Name, l.Path = "etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
		}
		if t.Licence != "" && !slices.ContainsFunc(all, func(o licence) bool { return o.Name == l.Name }) {
			all = append(all, l)
		}
	}
	return all
}

// originsOf names the official tables and those whose documents were read.
func (d *Data) originsOf() []origins {
	var all []origins
	add := func(title string) {
		if o := (origins{title}); title != "" && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	for _, t := range d.Tables {
		add(strings.Trim(t.Name+", "+t.Source, ", "))
	}
	for _, s := range d.Sources {
		if s.Documents > 0 {
			add(s.Publisher)
		}
	}
	return all
}
