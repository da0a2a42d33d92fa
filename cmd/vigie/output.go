package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/lmittmann/tint"
	"golang.org/x/term"
)

// An output is where a command tells how it goes: a line that rewrites itself on a
// terminal, plain lines elsewhere, and with --quiet nothing at all unless it fails.
type output struct {
	w        io.Writer // summary and progress
	log      *slog.Logger
	terminal bool
	held     *bytes.Buffer // what --quiet keeps back
	to       io.Writer
	open     bool // a progress line stands unfinished
}

func newOutput(w world, quiet, verbose bool) *output {
	o := &output{w: w.err, to: w.err, terminal: isTerminal(w.err)}
	if quiet {
		o.held = new(bytes.Buffer)
		o.w, o.terminal = o.held, false
	}
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelDebug
	}
	o.log = slog.New(tint.NewTextHandler(o.w, &tint.Options{Level: level, TimeFormat: "15:04:05", NoColor: !o.terminal}))
	return o
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// line prints one line for good.
func (o *output) line(format string, args ...any) {
	o.clear()
	fmt.Fprintf(o.w, format+"\n", args...)
}

// progress shows how far a step is: over itself on a terminal; elsewhere nothing, the
// step's end prints its line.
func (o *output) progress(format string, args ...any) {
	if !o.terminal {
		return
	}
	fmt.Fprintf(o.w, "\r\x1b[K"+format, args...)
	o.open = true
}

func (o *output) clear() {
	if o.open {
		fmt.Fprint(o.w, "\r\x1b[K")
		o.open = false
	}
}

// end lets go what --quiet kept back, unless all was done.
func (o *output) end(code int) {
	o.clear()
	if o.held != nil && code != exitDone {
		o.to.Write(o.held.Bytes())
	}
}
