package reports

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vigie"
	"vigie/internal/french"
)

const maxTyped = 300 // characters of a text that an analyst types

// freeText is a text as it stands; empty where nothing is stated.
var freeText = script{
	func(_ *correcting, typed string) (string, error) {
		if n := len([]rune(typed)); n > maxTyped {
			return "", fmt.Errorf("%d characters, want at most %d", n, maxTyped)
		}
		if strings.ContainsFunc(typed, unicode.IsControl) {
			return "", errors.New("it holds a control character")
		}
		return strings.Join(strings.FieldsFunc(typed, unicode.IsSpace), " "), nil
	},
	func(stored string) string { return stored },
}

// dates are read as French writes them, to the precision that is typed.
var dates = script{
	func(c *correcting, typed string) (string, error) {
		from, to, err := c.date(typed)
		if to != "" {
			err = errors.New("two dates, want one")
		}
		return string(from), err
	},
	func(stored string) string { return dateWords(vigie.Date(stored)) },
}

// regions are named, or given by their INSEE code.
var regions = script{
	func(c *correcting, typed string) (string, error) {
		if typed == "" {
			return "", nil
		}
		e, err := c.named(typed, vigie.RefRegion)
		return e.ID, err
	},
	func(stored string) string { return stored },
}

// coder reads the French words of codes, and the codes.
func coder(words map[string]string) script {
	return script{
		func(_ *correcting, typed string) (string, error) { return codeOf(words, typed) },
		func(stored string) string { return word(words, stored) },
	}
}

// codeOf is the code of a French word; of "phase 1 (2018-2022)" the first words do.
func codeOf(words map[string]string, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	said := french.Fold(typed)
	var known []string
	for code, w := range words {
		short, _, _ := strings.Cut(w, " (")
		if said == code || said == french.Fold(w) || said == french.Fold(short) {
			return code, nil
		}
		known = append(known, "« "+w+" »")
	}
	slices.Sort(known)
	return "", fmt.Errorf("« %s » is none of %s", typed, strings.Join(known, ", "))
}

// required refuses to leave a field empty.
func required(s script) script {
	read := s.read
	s.read = func(c *correcting, typed string) (string, error) {
		if typed == "" {
			return "", errNothing
		}
		return read(c, typed)
	}
	return s
}

var errNothing = errors.New("nothing is given: a value is needed here")

// date reads one date or the span between two; nothing is no date.
func (c *correcting) date(typed string) (from, to vigie.Date, err error) {
	if typed == "" {
		return "", "", nil
	}
	if d, err := vigie.ParseDate(typed); err == nil {
		return d, "", nil
	}
	d, ok := french.ParseDate(typed, c.day)
	switch {
	case !ok:
		return "", "", fmt.Errorf("« %s » is no date: want 14/02/2019, février 2019 or 2019", typed)
	case d.Relative:
		return "", "", fmt.Errorf("« %s » depends on the day it is said: want 14/02/2019, février 2019 or 2019", typed)
	}
	return d.Date, d.End, nil
}

// number reads an amount or a range as French writes it: 1 360 000 €, 1,36 milliard d'euros, de 10 à 30.
func number(typed string) (value, most float64, unit string, err error) {
	bare := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(typed)
	if amount, euros := strings.CutSuffix(bare, "€"); amount != "" {
		if v, err := strconv.ParseFloat(amount, 64); err == nil && strings.Trim(amount, "0123456789.") == "" && strings.Count(typed, ".") == 0 {
			if euros {
				unit = vigie.UnitEuro
			}
			return v, 0, unit, nil
		}
	}
	all := french.Numbers(typed, french.Tokens(typed))
	if len(all) != 1 || all[0].Ordinal || all[0].Fraction || all[0].Unit == "%" || !aroundNumber(typed[:all[0].Lo]) || unblanked(typed[all[0].Hi:]) != "" {
		return 0, 0, "", fmt.Errorf("« %s » is no number: want 124, 1 360 000 €, 1,36 milliard d'euros or de 10 à 30", typed)
	}
	return all[0].Value, all[0].Max, all[0].Unit, nil
}

// aroundNumber reports whether words only lead to a range's numbers.
func aroundNumber(s string) bool {
	s = french.Fold(unblanked(s))
	return s == "" || s == "de" || s == "entre"
}

// named settles a name among entities of some types.
func (c *correcting) named(typed string, types ...string) (vigie.Entity, error) {
	if typed == "" {
		return vigie.Entity{}, errNothing
	}
	in := NameContext{Types: types, Programme: c.record.Programme, Day: c.day, Near: c.record.Scope}
	if l, ok := c.record.Detail.(vigie.Label); ok {
		in.Phase = l.Phase
	} else {
		in.Phase = phaseOf(c.record.Scope.ID)
	}
	e, candidates := c.names(typed, in)
	if !e.IsZero() {
		return e, nil
	}
	var near []string
	for _, e := range candidates[:min(len(candidates), 5)] {
		near = append(near, withID(e.Name, e.ID))
	}
	if near == nil {
		return e, fmt.Errorf("no official list knows « %s »: give its official identifier", typed)
	}
	return e, fmt.Errorf("« %s » is not settled: give one of the identifiers of %s", typed, strings.Join(near, ", "))
}
