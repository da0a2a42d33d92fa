package article

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/internal/french"
)

// A cue is what the words before a date say of it.
type cue int

const (
	cueNone cue = iota
	cuePublished
	cueUpdated
	cueCredit
)

// A spot is a date in a short line.
type spot struct {
	date vigie.Date
	cue  cue
}

// spots are the dates of a short line, and whether it speaks of nothing else.
type spots struct {
	dates []spot
	pure  bool
}

var (
	// "Publié le", "mise en ligne le", "Affiché le", "Paru le", "Communiqué du"
	publishedWords = regexp.MustCompile(`\b(?:publie|soumis|mise?s? en ligne|affiche|paru|parution|publication|poste|diffuse|ecrit|redige|cree|ajoute|communique|posted|published)|\bdate :? ?$`)
	// "Mis à jour le", "Modifié le", "Dernière modification"
	updatedWords = regexp.MustCompile(`\b(?:a jour|maj|modifie|modification|actualise|revise|edite|updated)`)
	creditWords  = regexp.MustCompile(`\b(?:credit|photo|illustration|archives|©|copyright)`)
)

// Stems of what those patterns match: a line without one is not looked at twice.
var (
	publishedStems = strings.Fields("publi soumis ligne affich paru poste diffus ecrit redig cree ajout communiq date")
	updatedStems   = strings.Fields("jour maj modifi actualis revis edit updat")
	creditStems    = strings.Fields("credit photo illustr archives © copyright")
)

// bylineWords are the words that a line about dates alone is made of, beside numbers.
var bylineWords = set("publie publiee publies publiees mis mise miss mises en ligne a au le la du de l' jour maj mise-a-jour " +
	"modifie modifiee modification date publication parution paru parue affiche affichee actualise actualisee dernier derniere cree creee " +
	"creation page article actualite communique poste postee posteee redige redigee diffuse diffusee edite editee h min heure heures " +
	"updated published on lundi mardi mercredi jeudi vendredi samedi dimanche et")

// isBylineNumber tells the numbers of such a line: 7, 1er, 14h, 14h30.
func isBylineNumber(w string) bool {
	rest := strings.TrimLeft(w, "0123456789")
	if rest == w {
		return false
	}
	minutes, hour := strings.CutPrefix(rest, "h")
	return rest == "" || rest == "er" || hour && strings.Trim(minutes, "0123456789") == ""
}

// daysIn returns the days in a line of at most a few hundred bytes.
func daysIn(s string) []french.Date {
	if len(s) > 400 || !strings.ContainsAny(s, "0123456789") {
		return nil
	}
	from := 0
	return slices.DeleteFunc(french.Dates(s, french.Tokens(s), ""), func(d french.Date) bool {
		if d.Date.Precision() != vigie.DayPrecision || d.End != "" || d.Lo < from {
			return true
		}
		from = d.Hi
		return false
	})
}

// newSpots finds what such a line says of its days.
func newSpots(s string) spots {
	var found spots
	var rest strings.Builder
	from, last := 0, cueNone
	for _, d := range daysIn(s) {
		before := french.Fold(s[from:d.Lo])
		c := cueOf(before)
		if c == cueNone && len(found.dates) > 0 && strings.TrimSpace(before) == "" {
			c = last
		}
		found.dates = append(found.dates, spot{d.Date, c})
		rest.WriteString(before + " ")
		from, last = d.Hi, c
	}
	if len(found.dates) > 0 {
		rest.WriteString(french.Fold(s[from:]))
		found.pure = isPure(rest.String())
	}
	return found
}

func cueOf(before string) cue {
	switch {
	case strings.TrimSpace(before) == "":
		return cueNone
	case holdsAny(before, updatedStems) && updatedWords.MatchString(before):
		return cueUpdated
	case holdsAny(before, publishedStems) && publishedWords.MatchString(before):
		return cuePublished
	case holdsAny(before, creditStems) && creditWords.MatchString(before):
		return cueCredit
	}
	return cueNone
}

func holdsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func isPure(rest string) bool {
	for w := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune(" :|,;.()[]-–—•·/\t", r) }) {
		if !bylineWords[w] && !isBylineNumber(w) {
			return false
		}
	}
	return true
}

// cued reports whether words of the line say what a date of it is.
func (s spots) cued() bool {
	for _, d := range s.dates {
		if d.cue == cuePublished || d.cue == cueUpdated {
			return true
		}
	}
	return false
}

// stampLayouts are the forms in which machines write a moment, by its zone.
var stampLayouts = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05-07:00", time.RFC1123Z, time.RFC1123}

// parseStamp returns the day, in France, of a moment as markup gives it, or nothing.
func parseStamp(s string) vigie.Date {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 80 {
		return ""
	}
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return vigie.DateOf(t.UTC().Add(parisOffset(t)))
		}
	}
	if len(s) >= 10 {
		if d := vigie.Date(s[:10]); d.Precision() == vigie.DayPrecision {
			return d
		}
	}
	if t, err := time.Parse("20060102", s); err == nil {
		return vigie.DateOf(t)
	}
	if found := newSpots(s); found.pure && len(found.dates) == 1 {
		return found.dates[0].date
	}
	return ""
}

// parisOffset is what clocks in France show ahead of UTC: an hour, and another from the
// last Sunday of March to that of October, 1:00 UTC. Written out, since the zone files
// of a machine are no input of a pure function.
func parisOffset(t time.Time) time.Duration {
	change := func(m time.Month) time.Time {
		last := time.Date(t.UTC().Year(), m, 31, 1, 0, 0, 0, time.UTC)
		return last.AddDate(0, 0, -int(last.Weekday()))
	}
	if u := t.UTC(); !u.Before(change(time.March)) && u.Before(change(time.October)) {
		return 2 * time.Hour
	}
	return time.Hour
}
