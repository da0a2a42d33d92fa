package reports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadContent: what is kept comes back whole, or not at all.
func TestReadContent(t *testing.T) {
	want := Delivers(Tables(normandie(t)))
	text, err := want.JSON()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadContent(bytes.NewReader(text))
	if err != nil || !got.Equal(want) {
		t.Errorf("%v (-want +got):\n%s", err, cmp.Diff(want, got))
	}
	for _, cut := range []int{0, 1, 20, len(text) / 2, len(text) - 1} {
		if _, err := ReadContent(bytes.NewReader(text[:cut])); err == nil {
			t.Errorf("cut off after %d bytes: no error", cut)
		}
	}
	for text, fine := range map[string]bool{
		`{"Sheets":null}`: true, `{"Later":{"a":[1]},"Sheets":[{"Name":"A","Later":1,"Rows":null}]}`: true,
		`[]`: false, `{"Sheets":{}}`: false, `{"Sheets":[1]}`: false, `{"Sheets":[{"Rows":[{"Cells":1}]}]}`: false,
	} {
		if _, err := ReadContent(strings.NewReader(text)); (err == nil) != fine {
			t.Errorf("%s: %v", text, err)
		}
	}
}
