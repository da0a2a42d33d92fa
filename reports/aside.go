package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vigie"
)

// modified is the word in the name of a workbook that somebody changed.
const modified = "modifié"

// SetAside keeps the workbook that is in place beside it, where it is none that vigie
// wrote: an analyst's words are never replaced. It returns the copy's name, empty where
// there is nothing to keep, or it is kept already.
func (s Shelf) SetAside(day vigie.Date, delivered func(digest string) (bool, error)) (string, error) {
	workbook := filepath.Join(s.Out, FileName(s.Region))
	if info, err := os.Stat(workbook); err != nil || !info.Mode().IsRegular() {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return "", err
	}
	digest, err := digestOf(workbook)
	if err != nil {
		return "", err
	}
	if ours, err := delivered(digest); ours || err != nil {
		return "", err
	}
	kept, err := s.Asides()
	if err != nil || slices.ContainsFunc(kept, func(f vigie.FileDigest) bool { return f.Digest == digest }) {
		return "", err
	}
	name := s.asideName(day, kept)
	copied := filepath.Join(s.Out, tempPrefix+name)
	if err := copyFile(workbook, copied); err != nil {
		return "", err
	}
	if err := syncAll([]string{copied}); err != nil {
		return "", err
	}
	return name, errors.Join(os.Rename(copied, filepath.Join(s.Out, name)), syncAll([]string{s.Out}))
}

// asideName is one that is not taken: a second one of the day is numbered.
func (s Shelf) asideName(day vigie.Date, kept []vigie.FileDigest) string {
	name := datedName(FileName(s.Region), modified+"-"+string(day))
	taken := func(f vigie.FileDigest) bool { return f.Name == name }
	for n := 2; slices.ContainsFunc(kept, taken); n++ {
		name = datedName(FileName(s.Region), fmt.Sprintf("%s-%s-%d", modified, day, n))
	}
	return name
}

// Asides are the workbooks of the region that were set aside, by name.
func (s Shelf) Asides() ([]vigie.FileDigest, error) {
	entries, err := os.ReadDir(s.Out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []vigie.FileDigest
	begins := datedName(FileName(s.Region), modified+"-")
	begins = strings.TrimSuffix(begins, filepath.Ext(begins))
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasPrefix(e.Name(), begins) || filepath.Ext(e.Name()) != ".xlsx" {
			continue
		}
		digest, err := digestOf(filepath.Join(s.Out, e.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, vigie.FileDigest{Name: e.Name(), Digest: digest})
	}
	return all, nil
}
