package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"vigie"
)

type archiveFailingCmd struct {
	configFlags `embed:""`
	sourceFlags `embed:""`
	JSON        bool `name:"json" help:"One JSON object, for programs."`
}

// A failingPage is one that has not come since it failed, for programs.
type failingPage struct {
	Source   string           `json:"source"`
	Document vigie.DocumentID `json:"document"`
	URL      string           `json:"url"`
	Since    time.Time        `json:"since"`
	Last     time.Time        `json:"last"` // that it was asked for; lists may name it no longer
	Times    int              `json:"times"`
	Error    string           `json:"error"` // the final one
}

// Run lists the pages that fail, by source and address.
func (c *archiveFailingCmd) Run(s *session) error {
	st, cfg, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	if _, err := c.choose(cfg.Sources); err != nil {
		return err
	}
	failures, err := st.Unmended(s.ctx)
	if err != nil {
		return err
	}
	failures = slices.DeleteFunc(failures, func(f vigie.Failure) bool {
		return len(c.Source) > 0 && !slices.Contains(c.Source, f.Source)
	})
	pages := failingPages(failures)
	if c.JSON {
		e := json.NewEncoder(s.results)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(map[string]any{"at": s.now().UTC().Truncate(time.Second), "pages": pages})
	}
	if len(pages) == 0 {
		s.say("no page fails")
		return nil
	}
	return s.printFailing(pages)
}

// failingPages joins the failures of each page: it has been failing since the first of them,
// and fails as the last tells.
func failingPages(failures []vigie.Failure) []failingPage {
	pages := []failingPage{}
	for _, f := range failures {
		n := len(pages) - 1
		if n < 0 || pages[n].Document != f.Document || pages[n].Source != f.Source {
			pages, n = append(pages, failingPage{Source: f.Source, Document: f.Document, URL: f.URL, Since: f.First}), n+1
		}
		p := &pages[n]
		p.Last, p.Times, p.Error = f.Last, p.Times+f.Times, happeningOfFailure(f).failing()
	}
	return pages
}

func (s *session) printFailing(pages []failingPage) error {
	w := tabwriter.NewWriter(s.results, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tSINCE\tLAST ASKED\tTIMES\tPAGE\tERROR")
	for _, p := range pages {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", p.Source, dayOf(p.Since), dayOf(p.Last), p.Times, p.URL, p.Error)
	}
	return w.Flush()
}
