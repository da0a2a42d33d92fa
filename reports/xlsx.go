package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"vigie"
)

// maxText is how many UTF-16 units Excel takes in a cell.
const maxText = 32_767

// EditionProperty is the custom property of a workbook that holds its edition's id.
const EditionProperty = "vigie édition"

// headerRow is where the column names of a [Grid] stand: under title and note, or first
// where it has no title.
func (t Table) headerRow() int {
	if t.Title == "" {
		return 1
	}
	return 3
}

// A workbook is written sheet after sheet. Calls that excelize keeps out of a sheet's
// stream, such as page set-up, must come before Flush: later ones are lost without a word.
type workbook struct {
	*excelize.File
	looks    map[look]int
	maxLinks int // that a sheet may hold
}

func newWorkbook() (workbook, error) {
	f := excelize.NewFile()
	looks, err := addLooks(f)
	return workbook{f, looks, maxLinks}, err
}

// WriteXLSX writes tables as a workbook. Equal data and tables give equal bytes.
func WriteXLSX(ctx context.Context, w io.Writer, d *Data, tables []Table) error {
	b, err := newWorkbook()
	if err != nil {
		return err
	}
	defer b.Close()
	return b.write(ctx, w, d, tables)
}

func (b workbook) write(ctx context.Context, w io.Writer, d *Data, tables []Table) error {
	if err := b.describe(d, tables[0].Title); err != nil {
		return err
	}
	for i, t := range tables {
		if err := b.addSheet(i, t.Name); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	sheets, grids := make([]*sheet, len(tables)), 0
	for i, t := range tables {
		s := &sheet{workbook: b, table: t, links: newLinks(b.maxLinks)}
		if t.Layout == Grid {
			grids++
			s.grid = fmt.Sprintf("xl/tables/table%d.xml", grids)
		}
		if err := errors.Join(b.setUp(d, t), s.frame()); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
		sheets[i] = s
	}
	p := parts{}
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { return p })
	if err := b.Write(io.Discard); err != nil {
		return err
	}
	return assemble(ctx, w, p, sheets)
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
	if d.Edition != "" {
		if err := b.SetCustomProps(excelize.CustomProperty{Name: EditionProperty, Value: d.Edition}); err != nil {
			return err
		}
	}
	return b.SetAppProps(&excelize.AppProperties{Application: "vigie"})
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
			b.define(t, "_xlnm.Print_Titles", fmt.Sprintf("$%d:$%d", t.headerRow(), t.headerRow())),
			b.define(t, "_xlnm.Print_Area", fmt.Sprintf("$A:$%s", columnName(t.width()-1))),
			b.addPicture(t),
		)
	}
	for i, c := range t.Columns {
		if c.Choices != nil {
			steps = append(steps, b.offer(t, columnName(i), c))
		}
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	return nil
}

// offer puts a drop-down list into a column, down to the sheet's end: rows that a reader
// adds have it too.
func (b workbook) offer(t Table, column string, c Column) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s%d:%s%d", column, t.headerRow()+1, column, excelize.TotalRows))
	v.SetInput(c.Name, c.About)
	v.SetError(excelize.DataValidationErrorStyleStop, c.Name, "Choisir dans la liste : "+strings.Join(c.Choices, ", ")+".")
	if err := v.SetDropList(c.Choices); err != nil {
		return err
	}
	return b.AddDataValidation(t.Name, v)
}

func (b workbook) define(t Table, name, area string) error {
	return b.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "'" + t.Name + "'!" + area, Scope: t.Name})
}

// width counts the columns that are printed, those under a picture with them.
func (t Table) width() int {
	if t.Picture != nil {
		return len(t.Columns) + 1 + pictureColumns
	}
	return printed(t.Columns)
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
