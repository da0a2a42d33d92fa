package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"vigie"
	"vigie/transform/gazetteer"
	"vigie/transform/resolve"
)

type resolveCmd struct {
	List        string   `arg:"" optional:"" help:"A CSV file, or - for standard input; parted by commas, semicolons or tabs, UTF-8 or windows-1252." name:"file|-" default:"-"`
	Column      string   `help:"The column that holds the names." required:"" placeholder:"NAME"`
	Departement string   `help:"The column that holds their département, by code or by name: it decides among namesakes." placeholder:"COLUMN"`
	Region      string   `help:"The column that holds their region, likewise." placeholder:"COLUMN"`
	Types       []string `help:"What the names may stand for: epci, territory, commune, departement, region (default: all)." placeholder:"TYPE,…"`
	Phase       string   `help:"Territoires d'industrie of this phase only: 2018 or 2023 (default: the newer of two alike)." enum:",2018,2023" default:""`
}

// resolvable are the types that --types takes.
var resolvable = []string{vigie.RefEPCI, vigie.RefTerritory, vigie.RefCommune, vigie.RefDepartement, vigie.RefRegion}

// Run gives a list back with the official identifiers of its names; it touches no database.
func (c *resolveCmd) Run(s *session) error {
	for _, t := range c.Types {
		if !slices.Contains(resolvable, t) {
			return misusef("--types %s: want some of %s", t, strings.Join(resolvable, ","))
		}
	}
	body, err := c.read(s)
	if err != nil {
		return err
	}
	l, err := readList(body, c.Column)
	if err != nil {
		return fmt.Errorf("read %s: %w", c.List, err)
	}
	col, err := c.columns(l)
	if err != nil {
		return err
	}
	g, err := gazetteer.Load()
	if err != nil {
		return err
	}
	n := settlings{}
	names := &resolve.Names{Gazetteer: g, Types: c.Types, Phase: c.Phase}
	l.extend("resolved_type", "resolved_id", "resolved_name", "candidates")
	for i, row := range l.rows {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if row == nil {
			continue
		}
		a := names.Settle(l.cell(i, col.name), l.cell(i, col.departement), l.cell(i, col.region))
		l.rows[i] = append(row, a.Ref.Type, a.Ref.ID, a.Name, ids(a.Candidates))
		n.count(a)
	}
	var out bytes.Buffer
	if err := l.write(&out); err != nil {
		return err
	}
	if _, err := s.stdout.Write(out.Bytes()); err != nil {
		return err
	}
	s.line("resolve: %s settled, %d open with candidates, %d unknown", count(n.settled, "name", "names"), n.open, n.unknown)
	return nil
}

// maxList is far more than any list of French places.
const maxList = 256 << 20

func (c *resolveCmd) read(s *session) ([]byte, error) {
	in := s.stdin
	if c.List != "-" {
		f, err := os.Open(c.List)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, maxList+1))
	if err == nil && len(body) > maxList {
		err = fmt.Errorf("read %s: %w of %d MiB", c.List, vigie.ErrTooLarge, maxList>>20)
	}
	return body, err
}

// listColumns are where a list keeps what a name is told by; -1 where it does not.
type listColumns struct{ name, departement, region int }

func (c *resolveCmd) columns(l *list) (col listColumns, err error) {
	for _, want := range []struct {
		flag, column string
		at           *int
	}{
		{"--column", c.Column, &col.name}, {"--departement", c.Departement, &col.departement}, {"--region", c.Region, &col.region},
	} {
		if *want.at = l.column(want.column); *want.at < 0 && want.column != "" {
			return col, misusef("%s %s: no such column; %s has %s", want.flag, want.column, c.List, strings.Join(l.header, ", "))
		}
	}
	return col, nil
}

// ids are identifiers as a cell holds them.
func ids(refs []vigie.Ref) string {
	all := make([]string, 0, len(refs))
	for _, r := range refs {
		all = append(all, r.ID)
	}
	return strings.Join(all, "|")
}

// settlings count how names were settled; empty cells are none.
type settlings struct{ settled, open, unknown int }

func (n *settlings) count(a resolve.Answer) {
	switch {
	case !a.Ref.IsZero():
		n.settled++
	case len(a.Candidates) > 0:
		n.open++
	case a.Rule != "":
		n.unknown++
	}
}
