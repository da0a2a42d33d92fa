package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"vigie"
	"vigie/reports"
)

// runXLSX writes a workbook of one sheet as reports are written: a table with its filter,
// typed cells in named styles, row heights, real links.
func runXLSX(ctx context.Context, args []string) error {
	return writeSheet("xlsx", args, func(w io.Writer, t reports.Table) error {
		d := &reports.Data{Region: vigie.Entity{Name: "Normandie"}, Day: firstDay}
		return reports.WriteXLSX(ctx, w, d, []reports.Table{t})
	})
}

// runCSV writes the same table as a CSV file for people.
func runCSV(ctx context.Context, args []string) error {
	return writeSheet("csv", args, func(w io.Writer, t reports.Table) error { return reports.WriteCSV(ctx, w, t) })
}

func writeSheet(name string, args []string, write func(io.Writer, reports.Table) error) error {
	f := flags(name, "FILE")
	rows := f.Int("rows", 100_000, "rows of the table")
	p := profiles(f)
	args, err := parse(f, args, 1)
	if err != nil {
		return err
	}
	out, err := os.Create(args[0])
	if err != nil {
		return err
	}
	stop, err := p.start()
	if err != nil {
		return errors.Join(err, out.Close())
	}
	if err := errors.Join(write(out, announcements(*rows)), out.Close(), stop()); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	report("units", *rows)
	return nil
}

// announcements is a table of so many rows of twelve columns, a link in every twentieth.
func announcements(rows int) reports.Table {
	return reports.Table{
		Name: "faits",
		Columns: []reports.Column{
			{Name: "id", Type: reports.Count, Width: 9}, {Name: "commune", Type: reports.Text, Width: 20},
			{Name: "code", Type: reports.Code, Width: 9}, {Name: "programme", Type: reports.Text, Width: 26},
			{Name: "région", Type: reports.Text, Width: 28}, {Name: "date", Type: reports.Day, Width: 11},
			{Name: "collecté", Type: reports.Moment, Width: 17}, {Name: "montant", Type: reports.Count, Width: 14},
			{Name: "nombre", Type: reports.Count, Width: 9}, {Name: "part", Type: reports.Share, Width: 8},
			{Name: "source", Type: reports.Link, Width: 18}, {Name: "citation", Type: reports.Quote, Width: 80},
		},
		Rows: func(yield func(reports.Row) bool) {
			cells := make([]reports.Cell, 12)
			for i := 1; i <= rows; i++ {
				announce(cells, i)
				if !yield(reports.Row{Cells: cells}) {
					return
				}
			}
		},
	}
}

var (
	firstDay  = time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	collected = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	labels    = []string{"Territoires d'industrie", "Action cœur de ville", "Petites villes de demain", "Villages d'avenir"}
	regions   = []string{
		"Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne", "Centre-Val de Loire", "Corse", "Grand Est", "Hauts-de-France",
		"Île-de-France", "Normandie", "Nouvelle-Aquitaine", "Occitanie", "Pays de la Loire", "Provence-Alpes-Côte d'Azur",
	}
)

// announce fills the cells of the i-th row.
func announce(cells []reports.Cell, i int) {
	n, day, label := strconv.Itoa(i), firstDay.AddDate(0, 0, i%2500), labels[i%len(labels)]
	number := func(v float64) reports.Cell { return reports.Cell{Type: reports.Count, Number: v} }
	cells[0] = number(float64(i))
	cells[1] = reports.Cell{Text: "Commune " + n}
	cells[2] = reports.Cell{Text: fmt.Sprintf("%05d", i%99999)}
	cells[3] = reports.Cell{Text: label}
	cells[4] = reports.Cell{Text: regions[i%len(regions)]}
	cells[5] = reports.Cell{Type: reports.Day, Day: day}
	cells[6] = reports.Cell{Type: reports.Moment, Day: collected.Add(time.Duration(61*i) * time.Second)}
	cells[7] = number(float64(i*7919%1000003) / 7)
	cells[8] = number(float64(i * 31 % 977))
	cells[9] = reports.Cell{Type: reports.Share, Number: float64(i%1000) / 1000}
	cells[10] = reports.Cell{}
	if i%20 == 0 {
		cells[10] = reports.Cell{Text: "article " + n, Link: "https://exemple.test/article/" + n}
	}
	cells[11] = reports.Cell{Text: "Le territoire " + n + " a été labellisé " + label + " le " + day.Format(time.DateOnly) + ", selon la préfecture."}
}
