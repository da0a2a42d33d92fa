package scrapers

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"vigie"
	"vigie/internal/french"
)

// A sign is a word that stands on a page that is no content. It counts only where the
// page has little prose: an article on maintenance is no site under maintenance.
type sign struct {
	fault vigie.PageFault
	in    string // title, name, text, html, address
	has   string // folded, but in html and address
	max   int    // letters of prose
}

//go:embed signs.yaml
var signsYAML []byte

// signs are read once; TestSigns loads them, so that a fault is seen before a release.
var signs = sync.OnceValue(func() []sign {
	list, err := loadSigns("signs.yaml", signsYAML)
	if err != nil {
		panic(err) // embedded, and under test
	}
	return list
})

type signYAML struct {
	Fault string   `yaml:"fault"`
	In    string   `yaml:"in"`
	Max   int      `yaml:"max"`
	Any   []string `yaml:"any"`
}

var (
	signFaults = []vigie.PageFault{
		vigie.FaultChallenge, vigie.FaultConsent, vigie.FaultLogin, vigie.FaultMaintenance, vigie.FaultParked, vigie.FaultSoft404, vigie.FaultShell,
	}
	signPlaces = []string{"address", "html", "name", "text", "title"}
)

// loadSigns reads a list of signs; its errors name file, line and field.
func loadSigns(name string, text []byte) ([]sign, error) {
	root, err := parseYAMLText(name, text)
	if err != nil {
		return nil, err
	}
	var y struct {
		Signs []signYAML `yaml:"signs"`
	}
	if err := root.decode(&y); err != nil {
		return nil, err
	}
	var list []sign
	var errs []error
	for i, s := range y.Signs {
		field := func(f string) string { return fmt.Sprintf("signs[%d].%s", i, f) }
		if !slices.Contains(signFaults, vigie.PageFault(s.Fault)) {
			errs = append(errs, root.fault(field("fault"), fmt.Sprintf("%q is no fault of a page", s.Fault)))
		}
		if !slices.Contains(signPlaces, s.In) {
			errs = append(errs, root.fault(field("in"), fmt.Sprintf("%q: want %s", s.In, strings.Join(signPlaces, ", "))))
		}
		if s.Max <= 0 || s.Max >= enoughProse {
			errs = append(errs, root.fault(field("max"), fmt.Sprintf("%d: want 1 to %d letters", s.Max, enoughProse-1)))
		}
		for _, has := range s.Any {
			if s.In == "address" || s.In == "html" {
				has = strings.ToLower(has)
			} else {
				has = french.Fold(has)
			}
			list = append(list, sign{vigie.PageFault(s.Fault), s.In, has, s.Max})
		}
	}
	return list, errors.Join(errs...)
}
