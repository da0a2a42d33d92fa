package scrapers

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// A publishedList is an official list as its publisher gives it: names by id.
type publishedList map[string]string

// CompareList compares a list as it was published with the entries that vigie carries,
// and tells in French what differs; nothing where they say the same. Ids of a release
// stay as they are: a difference is for readers to know, and for the next release.
func CompareList(body []byte, known []vigie.Entity) ([]string, error) {
	list, err := readList(body)
	if err != nil {
		return nil, err
	}
	ours := publishedList{}
	for _, e := range known {
		id, _, _ := strings.Cut(e.ID, "@")
		ours[id] = e.Name
	}
	var told []string
	if fresh := list.without(ours); len(fresh) > 0 {
		told = append(told, fmt.Sprintf("%d de plus que dans la liste embarquée : %s", len(fresh), list.examples(fresh)))
	}
	if gone := ours.without(list); len(gone) > 0 {
		told = append(told, fmt.Sprintf("%d de moins : %s", len(gone), ours.examples(gone)))
	}
	if renamed := list.renamed(ours); len(renamed) > 0 {
		told = append(told, fmt.Sprintf("%d sous un autre nom : %s", len(renamed), list.examples(renamed)))
	}
	return told, nil
}

// errWorkbook is a list that is no CSV, in the words of the report.
var errWorkbook = errors.New("c'est un classeur XLSX ou ODS, seules les listes CSV sont comparées")

// readList reads a CSV with a column id_x and its lib_x, x being the programme's own
// abbreviation, one row a commune or a territory; parted by commas or semicolons.
func readList(body []byte) (publishedList, error) {
	if bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return nil, errWorkbook
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(body))
	if head, _, _ := bytes.Cut(body, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		r.Comma = ';'
	}
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("list: %w: %w", err, ErrChanged)
	}
	id, name := listColumns(header)
	if id < 0 {
		return nil, fmt.Errorf("list: no id_x with its lib_x among %s: %w", strings.Join(header, ", "), ErrChanged)
	}
	list := publishedList{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("list: %w", err)
		}
		if id < len(row) && name < len(row) && row[id] != "" {
			list[strings.TrimSpace(row[id])] = strings.TrimSpace(row[name])
		}
	}
}

func listColumns(header []string) (id, name int) {
	for i, h := range header {
		x, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(h)), "id_")
		if !ok {
			continue
		}
		if j := slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), "lib_"+x) }); j >= 0 {
			return i, j
		}
	}
	return -1, -1
}

// without are the ids that the other list does not have, sorted.
func (l publishedList) without(other publishedList) []string {
	var ids []string
	for id := range l {
		if _, ok := other[id]; !ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// renamed are the ids whose names differ by more than their spelling, sorted.
func (l publishedList) renamed(other publishedList) []string {
	var ids []string
	for id, name := range l {
		if o, ok := other[id]; ok && spelling(o) != spelling(name) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func spelling(name string) string {
	return strings.Join(strings.FieldsFunc(french.Fold(name), func(r rune) bool { return strings.ContainsRune(" '-/,", r) }), " ")
}

const maxExamples = 5

func (l publishedList) examples(ids []string) string {
	var words []string
	for _, id := range ids[:min(len(ids), maxExamples)] {
		words = append(words, fmt.Sprintf("%s (%s)", l[id], id))
	}
	if left := len(ids) - len(words); left > 0 {
		words = append(words, fmt.Sprintf("et %d de plus", left))
	}
	return strings.Join(words, ", ")
}
