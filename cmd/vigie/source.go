package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"vigie"
	"vigie/scrapers"
)

type sourceCmd struct {
	List   sourceListCmd   `cmd:"" help:"The sources, how their pages are found, and what nobody has verified."`
	Test   sourceTestCmd   `cmd:"" help:"Run sources on their fixtures: offline, with a fixed clock."`
	Probe  sourceProbeCmd  `cmd:"" help:"Ask an unknown site how its pages are to be found, and propose its YAML."`
	Record sourceRecordCmd `cmd:"" help:"Take down a fixture of a source from the live web."`
	Note   sourceNoteCmd   `cmd:"" help:"A page for a source's webmaster, in French: who reads the site, what, and how to stop it."`
}

type sourceListCmd struct {
	configFlags `embed:""`
	JSON        bool `name:"json" help:"A JSON list, for programs."`
}

// Run lists the sources.
func (c *sourceListCmd) Run(s *session) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(s.results)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(listed(cfg.Sources))
	}
	w := tabwriter.NewWriter(s.results, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tSCOPE\tFOUND BY\tVERIFIED\tHOME")
	disabled, verified := 0, 0
	for _, src := range cfg.Sources {
		home := cmp.Or(src.Home, "unknown")
		if src.Disabled != "" {
			disabled++
			home += ": " + src.Disabled
		}
		if src.Verified {
			verified++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", src.ID, src.Scope, methodsOf(src), verifiedWord(src), home)
	}
	fmt.Fprintf(w, "\n%s, %d of them disabled; %d verified: seen to answer as their files say\n", count(len(cfg.Sources), "source", "sources"), disabled, verified)
	return w.Flush()
}

// A listedSource is a source as the list for programs shows it.
type listedSource struct {
	ID        string   `json:"id"`
	Publisher string   `json:"publisher"`
	Kind      string   `json:"kind"`
	Scope     string   `json:"scope"`
	Home      string   `json:"home"`
	Methods   []string `json:"methods"`
	Verified  bool     `json:"verified"`
	Disabled  string   `json:"disabled,omitempty"`
}

func listed(sources []vigie.Source) []listedSource {
	list := make([]listedSource, 0, len(sources))
	for _, src := range sources {
		l := listedSource{src.ID, src.Publisher.Name, src.Publisher.Kind, src.Scope.String(), src.Home, []string{}, src.Verified, src.Disabled}
		for _, d := range src.Discover {
			l.Methods = append(l.Methods, d.Method)
		}
		list = append(list, l)
	}
	return list
}

func methodsOf(src vigie.Source) string {
	if src.Disabled != "" {
		return "disabled"
	}
	var methods []string
	for _, d := range src.Discover {
		if !slices.Contains(methods, d.Method) {
			methods = append(methods, d.Method)
		}
	}
	return strings.Join(methods, ", ")
}

func verifiedWord(src vigie.Source) string {
	if src.Verified {
		return "yes"
	}
	return "no"
}

type sourceTestCmd struct {
	configFlags `embed:""`
	ID          []string `arg:"" optional:"" help:"Sources (default: all that have a fixture)."`
	Fixtures    string   `help:"Folder of fixtures, ID.txtar (default: those that vigie carries)." placeholder:"DIR" type:"path"`
}

// Run gives each source a night on its fixture, and fails where one goes otherwise than
// the fixture says.
func (c *sourceTestCmd) Run(s *session) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	folder, err := c.folder()
	if err != nil {
		return err
	}
	chosen, err := named(cfg.Sources, c.ID)
	if err != nil {
		return err
	}
	tested, failed := 0, 0
	for _, src := range chosen {
		ok, err := s.testSource(folder, src)
		if errors.Is(err, fs.ErrNotExist) && len(c.ID) == 0 {
			continue
		}
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s has no fixture: vigie source record %s makes one, --fixtures names its folder", src.ID, src.ID)
		}
		if err != nil {
			return err
		}
		tested++
		if !ok {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s went otherwise than on the fixture", failed, count(tested, "source", "sources"))
	}
	return nil
}

func (c *sourceTestCmd) folder() (fs.FS, error) {
	if c.Fixtures != "" {
		return os.DirFS(c.Fixtures), nil
	}
	return fs.Sub(scrapers.Fixtures, "fixtures")
}

// named returns the sources of those ids, in their order; all where there are none.
func named(all []vigie.Source, ids []string) ([]vigie.Source, error) {
	if len(ids) == 0 {
		return all, nil
	}
	var chosen []vigie.Source
	for _, id := range ids {
		i := slices.IndexFunc(all, func(src vigie.Source) bool { return src.ID == id })
		if i < 0 {
			return nil, misusef("%s: no such source; vigie source list shows them", id)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// testSource runs one source and prints how it went.
func (s *session) testSource(folder fs.FS, src vigie.Source) (ok bool, err error) {
	name := src.ID + ".txtar"
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return false, err
	}
	f, err := scrapers.ReadFixture(name, text)
	if err != nil {
		return false, err
	}
	run, err := f.Run(s.ctx, src)
	if err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	differences := f.Differences(run)
	verdict := "as recorded"
	if len(differences) > 0 {
		verdict = strings.Join(differences, "; ")
	}
	s.say("%s: %s: %s, %d new, %d failed, %d skipped: %s", src.ID, run.State, count(run.Found, "link", "links"), run.New, run.Failed, run.Skipped, verdict)
	if run.Error != "" {
		s.say("  %s", run.Error)
	}
	return len(differences) == 0, nil
}

type sourceProbeCmd struct {
	configFlags `embed:""`
	URL         string `arg:"" help:"First page of the site."`
}

// Run probes the site and prints the YAML that it proposes.
func (c *sourceProbeCmd) Run(s *session) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	if _, err := vigie.CanonicalURL(c.URL); err != nil {
		return misuse{err}
	}
	client, done, err := s.asker(cfg)
	if err != nil {
		return err
	}
	p, err := scrapers.Probe(s.ctx, client, c.URL)
	if err := errors.Join(err, done()); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	fmt.Fprint(s.results, p)
	if len(p.Source.Discover) == 0 {
		return errPartly
	}
	return nil
}

type sourceRecordCmd struct {
	configFlags `embed:""`
	ID          string `arg:"" help:"Source."`
	Fixtures    string `help:"Folder to write ID.txtar to; it is made where there is none." placeholder:"DIR" type:"path" default:"."`
	Pages       int    `help:"Pages to take down beside what discovery reads." default:"3"`
}

// Run records the source. What it writes holds whole pages of others: it is for tests on
// this machine, and not to be handed on.
func (c *sourceRecordCmd) Run(s *session) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	chosen, err := named(cfg.Sources, []string{c.ID})
	if err != nil {
		return err
	}
	if why := chosen[0].Disabled; why != "" {
		return misusef("%s is disabled (%s)", c.ID, why)
	}
	if err := os.MkdirAll(c.Fixtures, 0o755); err != nil { // before anybody is asked
		return fmt.Errorf("record: %w", err)
	}
	client, done, err := s.asker(cfg)
	if err != nil {
		return err
	}
	f, err := scrapers.Record(s.ctx, client, chosen[0], s.now(), c.Pages)
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	name := filepath.Join(c.Fixtures, c.ID+".txtar")
	if err := os.WriteFile(name, []byte(f.String()), 0o644); err != nil {
		return fmt.Errorf("record: %w", err)
	}
	s.say("%s: %s: %s, %d new; written to %s", c.ID, f.Want.State, count(f.Want.Found, "link", "links"), f.Want.New, name)
	return nil
}
