package reports

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"vigie"
)

// What Excel bears: past these it repairs the file, or drops what is too much.
const (
	maxLinks   = 65_530 // in a sheet
	maxAddress = 2_079  // characters of a link's address
	maxText    = 32_767 // UTF-16 units in a cell
)

// headerRow is where the column names of a [Grid] stand, under title and note.
const headerRow = 3

// A workbook is written sheet after sheet. Calls on a sheet that excelize keeps out of
// its stream (page set-up, links) must come before Flush: later ones are lost without a word.
type workbook struct {
	*excelize.File
	looks map[look]int
	links int // that a sheet may hold
}

// writeXLSX writes tables as a workbook. Equal data and tables give equal bytes.
func writeXLSX(ctx context.Context, w io.Writer, d *Data, tables []Table) error {
	b := workbook{excelize.NewFile(), nil, maxLinks}
	defer b.Close()
	var err error
	if b.looks, err = addLooks(b.File); err != nil {
		return err
	}
	if err := b.describe(d, tables[0].Title); err != nil {
		return err
	}
	for i, t := range tables {
		if err := b.addSheet(i, t.Name); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	for _, t := range tables {
		if err := b.writeSheet(ctx, d, t); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	b.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newSortedZip(w) })
	return b.Write(w)
}

func (b workbook) addSheet(i int, name string) error {
	if i == 0 {
		return b.SetSheetName("Sheet1", name)
	}
	_, err := b.NewSheet(name)
	return err
}

func (b workbook) describe(d *Data, title string) error {
	made := d.date().Format(time.RFC3339)
	err := b.SetDocProps(&excelize.DocProperties{
		Title: title, Subject: "Dispositifs nationaux de labellisation des territoires", Creator: "vigie", LastModifiedBy: "vigie",
		Description: "Situation au " + dateWords(vigie.DateOf(d.date())), Language: "fr-FR", Created: made, Modified: made, Version: d.Version,
	})
	if err != nil {
		return err
	}
	return b.SetAppProps(&excelize.AppProperties{Application: "vigie"})
}

func (b workbook) writeSheet(ctx context.Context, d *Data, t Table) error {
	if err := b.setUp(d, t); err != nil {
		return err
	}
	stream, err := b.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	s := &sheet{b, stream, t, 0, 0, b.links}
	if t.Layout == Notice {
		err = s.writeNotice()
	} else {
		err = s.writeGrid(ctx)
	}
	if err != nil {
		return err
	}
	return stream.Flush()
}

// setUp lays out the page for screen and paper.
func (b workbook) setUp(d *Data, t Table) error {
	yes, no, a4, one, all := true, false, 9, 1, 0
	landscape, margin, foot := "landscape", 0.4, 0.7
	footer := "&L&8" + escapeFooter(t.Name+" – "+d.Region.Name) + "&C&8vigie, " + d.date().Format("02/01/2006") + "&R&8Page &P sur &N"
	steps := []error{
		b.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		b.SetSheetView(t.Name, 0, &excelize.ViewOptions{ShowGridLines: &no}),
		b.SetPageLayout(t.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &all}),
		b.SetPageMargins(t.Name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &foot, Footer: &margin}),
		b.SetHeaderFooter(t.Name, &excelize.HeaderFooterOptions{OddFooter: footer}),
	}
	if t.Layout == Grid {
		steps = append(steps,
			b.define(t, "_xlnm.Print_Titles", fmt.Sprintf("$%d:$%d", headerRow, headerRow)),
			b.define(t, "_xlnm.Print_Area", fmt.Sprintf("$A:$%s", columnName(printed(t.Columns)-1))),
		)
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b workbook) define(t Table, name, area string) error {
	return b.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "'" + t.Name + "'!" + area, Scope: t.Name})
}

// printed counts the columns before the first that stands aside.
func printed(columns []Column) int {
	if i := slices.IndexFunc(columns, func(c Column) bool { return c.Aside }); i >= 0 {
		return i
	}
	return len(columns)
}

func columnName(i int) string { return strings.TrimRight(cellName(i, 1), "1") }

// escapeFooter keeps an ampersand from being read as a field code.
func escapeFooter(s string) string { return strings.ReplaceAll(s, "&", "&&") }
