// Package programme knows the label programmes: what they are called in texts,
// what bears their label, their phases. Each is one YAML file under data; a new
// programme is one file there, and one CSV for its official list.
//
// Words in these files are cues, as package cue of this folder's callers reads
// them: folded tokens, `*` for any ending, `|` between alternatives.
package programme

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"vigie"
)

// A Programme is a national label programme, as its YAML file declares it.
type Programme struct {
	Code  string   `yaml:"code"`  // stable: stored with every fact
	Name  string   `yaml:"name"`  // as reports print it
	Unit  string   `yaml:"unit"`  // what bears the label: territory, commune or quartier
	Since string   `yaml:"since"` // the day it was made public
	Names []string `yaml:"names"` // cues that name the programme wherever they stand
	// Weak cues name it only in a text that names it elsewhere in full.
	Weak []string `yaml:"weak"`
	// Nouns are what the label's bearers are called: "villes", "communes lauréates".
	Nouns []string `yaml:"nouns"`
	// Not are wordings that hold a name of the programme and mean something else.
	Not    []string `yaml:"not"`
	Phases []Phase  `yaml:"phases"`
}

// A Phase is one round of a programme, with its own official list.
type Phase struct {
	ID     string     `yaml:"id"`
	Called vigie.Date `yaml:"called"` // the day it was made known, from when territories are candidates for it
	Since  vigie.Date `yaml:"since"`  // the day its list was announced
	From   vigie.Date `yaml:"from"`   // the years that it covers
	Until  vigie.Date `yaml:"until"`
	Names  []string   `yaml:"names"` // cues: "deuxieme phase", "acte ii"
}

//go:embed data/*.yaml
var embedded embed.FS

// Default returns the programmes that vigie ships with, sorted by code.
func Default() ([]*Programme, error) {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads every *.yaml of a folder, strictly: an unknown field, a missing one or a
// phase out of order is an error that names the file and, where YAML knows it, the line.
func Load(fsys fs.FS) ([]*Programme, error) {
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []*Programme
	for _, file := range files {
		p, err := load(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("read programme %s: %w", file, err)
		}
		all = append(all, p)
	}
	return all, nil
}

func load(fsys fs.FS, file string) (*Programme, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	p := new(Programme)
	if err := yaml.UnmarshalWithOptions(data, p, yaml.Strict()); err != nil {
		return nil, errors.New(yaml.FormatError(err, false, true))
	}
	return p, p.validate(strings.TrimSuffix(path.Base(file), ".yaml"))
}

func (p *Programme) validate(stem string) error {
	switch {
	case p.Code != stem:
		return fmt.Errorf("code: %q is not the file's name", p.Code)
	case p.Name == "" || len(p.Names) == 0:
		return errors.New("name, names: both are needed")
	case !slices.Contains([]string{"territory", "commune", "quartier"}, p.Unit):
		return fmt.Errorf("unit: %q is none of territory, commune, quartier", p.Unit)
	}
	for i, ph := range p.Phases {
		if ph.ID == "" || ph.Since.Precision() != vigie.DayPrecision {
			return fmt.Errorf("phases: number %d needs an id and a since of day precision", i+1)
		}
		if i > 0 && ph.Since.Compare(p.Phases[i-1].Since) <= 0 {
			return fmt.Errorf("phases: %s is not after %s", ph.ID, p.Phases[i-1].ID)
		}
	}
	return nil
}

// PhaseOpen returns the id of the phase for which one could be a candidate on a day: the
// newest that was made known by then.
func (p *Programme) PhaseOpen(day vigie.Date) string {
	id := p.PhaseOn(day)
	for _, ph := range p.Phases {
		if !day.First().IsZero() && !ph.Called.First().IsZero() && !day.Last().Before(ph.Called.First()) {
			id = ph.ID
		}
	}
	return id
}

// PhaseOn returns the id of the phase whose list was in force on a day; the newest
// where the day is unknown, "" where the programme has no phases.
func (p *Programme) PhaseOn(day vigie.Date) string {
	if len(p.Phases) == 0 {
		return ""
	}
	if day.First().IsZero() {
		return p.Phases[len(p.Phases)-1].ID
	}
	id := p.Phases[0].ID
	for _, ph := range p.Phases {
		if !day.Last().Before(ph.Since.First()) {
			id = ph.ID
		}
	}
	return id
}
