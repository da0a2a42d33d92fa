package article

import (
	"regexp"
	"slices"
	"strings"

	"vigie"
)

// The rules by which a date may be a page's publication date, the most telling first.
// The order is that of trust: what the page prints for its readers under its title
// with the word "publié" beats what its template declares for machines.
const (
	rankByline   = iota + 1 // "Publié le 7 mars 2019" near the title
	rankLinked              // JSON-LD datePublished
	rankMeta                // meta article:published_time and its kin
	rankMarked              // <time itemprop="datePublished">, dc:date in the text
	rankBare                // a date alone under the title
	rankTime                // any other <time datetime> there
	rankEnd                 // "Mis en ligne le 7 mars 2019" below the text
	rankGiven               // a feed, or whoever asked
	rankBefore              // a date alone above the title, in a text without markup
	rankURL                 // /2019/03/07/
	rankUpdated             // "Mis à jour le": better than no date
	rankURLMonth            // /2019/03/
	rankRefused
)

// A day is a date found on a page, with how much it tells.
type day struct {
	vigie.DateCandidate
	rank    int
	updated bool // when the page was changed
}

// days are all dates found that might be the publication's.
type days struct {
	all   []day
	shown []string // the date lines, as the page prints them
}

// mostDays bounds the refused dates that are remembered: they explain, no more.
const mostDays = 12

func (d *days) add(rank int, rule, words string, date vigie.Date, reason string) {
	if date.First().IsZero() || len(d.all) >= mostDays && rank == rankRefused {
		return
	}
	words = strings.Join(strings.Fields(clean(words)), " ")
	d.all = append(d.all, day{vigie.DateCandidate{Date: date, Rule: rule, Text: words, Reason: reason}, rank, false})
}

func (d *days) addUpdated(rule, words string, date vigie.Date) {
	d.add(rankUpdated, rule, words, date, "")
	if n := len(d.all); n > 0 && d.all[n-1].rank == rankUpdated {
		d.all[n-1].updated = true
	}
}

// refuse adds a date with the reason why it is not the publication's.
func (d *days) refuse(rule, words string, date vigie.Date, reason string) {
	d.add(rankRefused, rule, words, date, reason)
}

// choose returns the publication date, the date of the last change, and all
// candidates, the one taken first, the others with the reason against them.
func (d *days) choose(in Input) (published, updated vigie.Date, all []vigie.DateCandidate) {
	d.add(rankGiven, "given", string(in.Published), in.Published, "")
	d.fromURL(in.URL)
	for i := range d.all {
		d.all[i].check(in.Fetched)
	}
	slices.SortStableFunc(d.all, func(a, b day) int { return a.rank - b.rank })
	for i, c := range d.all {
		if c.updated && c.rank != rankRefused && (updated == "" || c.Date.Compare(updated) > 0) {
			updated = c.Date
		}
		switch {
		case c.rank == rankRefused:
		case i == 0:
			published = c.Date
		case c.updated:
			c.Reason = "when it was changed"
		case c.Date.Overlaps(published):
			c.Reason = "the same, by a weaker rule than " + d.all[0].Rule
		default:
			c.Reason = "weaker than " + d.all[0].Rule
		}
		all = append(all, c.DateCandidate)
	}
	if updated.Compare(published) <= 0 {
		updated = ""
	}
	return published, updated, all
}

// check refuses what no publication date can be.
func (d *day) check(fetched vigie.Date) {
	if why := d.Date.Unpublishable(fetched); why != "" && d.rank != rankRefused {
		d.rank, d.Reason = rankRefused, why
	}
}

var dayInURL = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d)(?:[/-](\d\d))?(?:[/_-]|$)`)

func (d *days) fromURL(url string) {
	m := dayInURL.FindStringSubmatch(url)
	if m == nil {
		return
	}
	rank, date := rankURLMonth, m[1]+"-"+m[2]
	if m[3] != "" {
		rank, date = rankURL, date+"-"+m[3]
	}
	if v, err := vigie.ParseDate(date); err == nil {
		d.add(rank, "url", m[0], v, "")
	}
}
