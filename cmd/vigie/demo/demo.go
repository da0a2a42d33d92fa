// Package demo holds a small web, archived, and the configuration that collects it:
// `vigie demo` runs the whole job on them, without a network. The institutions and
// titles are invented or marked as demonstration; the facts are real, except where
// a page had to be about a territory that does not exist.
package demo

import (
	_ "embed"
	"time"
)

// The nights on which the demo takes place: its clock stands there. Between them the
// web changes, and an analyst sends a workbook back.
var (
	FirstNight = time.Date(2025, time.July, 11, 1, 0, 0, 0, time.UTC)
	Day        = time.Date(2025, time.July, 15, 1, 0, 0, 0, time.UTC) // the second night
)

var (
	//go:embed archive.warc.gz
	archive []byte
	//go:embed archive-2.warc.gz
	second []byte
	//go:embed vigie.yaml
	config []byte
	//go:embed decisions.csv
	decisions []byte
)

// Archives are WARC files with every answer of the demo's web: as it was on [FirstNight],
// then what had changed by [Day].
func Archives() [][]byte { return [][]byte{archive, second} }

// Config is the configuration that names the demo's sources.
func Config() []byte { return config }

// Decisions are what analysts make of rows of the first night's workbook: a CSV table.
func Decisions() []byte { return decisions }
