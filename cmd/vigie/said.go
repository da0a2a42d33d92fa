package main

import (
	"cmp"
	"strconv"
	"strings"

	"vigie"
)

// said tells in one line what a detail states.
func said(d vigie.Detail) string {
	switch d := d.(type) {
	case vigie.Label:
		return words(linked(d.Territory, d.TerritoryID), d.Status, prefixed("phase ", d.Phase), prefixed("region ", d.Region), string(d.Date))
	case vigie.Member:
		return words(linked(d.Member, d.MemberID)+" in "+linked(d.Territory, d.TerritoryID), prefixed("now ", d.MemberIDCurrent))
	case vigie.Role:
		return words(d.Body+" "+d.Role+": "+d.Holder, d.HolderKind, d.Function, d.Organisation)
	case vigie.Figure:
		value := strconv.FormatFloat(d.Value, 'f', -1, 64)
		if d.ValueMax != 0 {
			value += " to " + strconv.FormatFloat(d.ValueMax, 'f', -1, 64)
		}
		if d.Unit == vigie.UnitEuro {
			value += " EUR"
		}
		return words(d.Measure+" "+value, prefixed("paid by ", d.Payer))
	case vigie.Event:
		planned := ""
		if d.Planned {
			planned = "planned"
		}
		return words(d.Event+" "+between(d.Date, d.DateEnd), d.Place, planned)
	case vigie.Period:
		return d.Subject + " " + between(d.Date, d.DateEnd)
	case vigie.Theme:
		return d.Theme
	}
	return ""
}

func linked(name, id string) string { return name + " = " + cmp.Or(id, "?") }

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func between(from, to vigie.Date) string {
	if to == "" {
		return cmp.Or(string(from), "undated")
	}
	return string(from) + "/" + string(to)
}

// words joins what is not empty.
func words(all ...string) string {
	var told []string
	for _, w := range all {
		if w != "" {
			told = append(told, w)
		}
	}
	return strings.Join(told, ", ")
}

// shortened cuts a text to one line of at most n characters.
func shortened(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}
