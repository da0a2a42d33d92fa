package scrapers

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"vigie"
)

const (
	fewDays     = 6  // on which something came out: with fewer there is no rhythm
	manyDays    = 30 // the newest of them count
	unusual     = 4  // times its rhythm is a silence that needs a look,
	leastSilent = 14 // days, and no less: there are holidays
)

// hearRhythm notes how often something comes out, whatever it is about, and tells of a
// silence that is long for this source.
func (t *turn) hearRhythm(w vigie.Window) {
	if w != (vigie.Window{}) {
		return
	}
	now := t.c.now()
	t.run.Latest, t.run.Rhythm = rhythm(t.fresh.days, vigie.DateOf(now.UTC()))
	silent := int(now.Sub(t.run.Latest.Last()) / (24 * time.Hour))
	if t.run.Rhythm == 0 || t.run.Error != "" || silent <= max(leastSilent, unusual*t.run.Rhythm) {
		return
	}
	t.run.Error = fmt.Sprintf("silence inhabituel : rien n'est paru depuis le %s, alors qu'un document paraît tous les %d jours d'ordinaire",
		t.run.Latest.First().Format("02/01/2006"), t.run.Rhythm)
}

// rhythm returns the newest day, and the median of the days between two of the newest: zero
// where they are too few. Days to come are the site's mistake, or an event's.
func rhythm(days map[vigie.Date]bool, today vigie.Date) (latest vigie.Date, every int) {
	past := slices.DeleteFunc(slices.Collect(maps.Keys(days)), func(d vigie.Date) bool { return d.Compare(today) > 0 })
	slices.SortFunc(past, func(a, b vigie.Date) int { return b.Compare(a) })
	if len(past) == 0 {
		return "", 0
	}
	newest := past[:min(len(past), manyDays)]
	if len(newest) < fewDays {
		return past[0], 0
	}
	var gaps []int
	for i := range newest[1:] {
		gaps = append(gaps, int(newest[i].First().Sub(newest[i+1].First())/(24*time.Hour)))
	}
	slices.Sort(gaps)
	return past[0], gaps[len(gaps)/2]
}
