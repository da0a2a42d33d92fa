package reports

import (
	"bytes"
	"fmt"
	"io"

	_ "image/png" // the workbook asks how large a picture is

	"github.com/xuri/excelize/v2"
)

// A Picture stands at the right of a table.
type Picture struct {
	Words string                // for those who do not see it
	Draw  func(io.Writer) error // as PNG
}

// The workbook shows a picture at half its pixels, over columns of the usual width.
const (
	pictureShown   = 0.5
	pictureColumns = 14
)

// addPicture draws a table's picture, which no stream takes.
func (b workbook) addPicture(t Table) error {
	if t.Picture == nil {
		return nil
	}
	var png bytes.Buffer
	if err := t.Picture.Draw(&png); err != nil {
		return fmt.Errorf("draw the picture: %w", err)
	}
	return b.AddPictureFromBytes(t.Name, cellName(len(t.Columns)+1, t.headerRow()), &excelize.Picture{
		Extension: ".png", File: png.Bytes(),
		Format: &excelize.GraphicOptions{AltText: t.Picture.Words, ScaleX: pictureShown, ScaleY: pictureShown, Positioning: "oneCell"},
	})
}
