// Package demo holds a small web, archived, and the configuration that collects it:
// `vigie demo` runs the whole job on them, without a network. The institutions and
// titles are invented or marked as demonstration; the facts are real, except where
// a page had to be about a territory that does not exist.
package demo

import (
	_ "embed"
	"time"
)

// Day is the day on which the demo takes place: its clock stands there.
var Day = time.Date(2025, time.July, 15, 1, 0, 0, 0, time.UTC)

//go:embed archive.warc.gz
var archive []byte

//go:embed vigie.yaml
var config []byte

// Archive is a WARC file with every answer of the demo's web on [Day].
func Archive() []byte { return archive }

// Config is the configuration that names the demo's sources.
func Config() []byte { return config }
