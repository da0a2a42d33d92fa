package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"

	"github.com/lmittmann/tint"
	"golang.org/x/term"
)

// An output is where a command tells how it goes: a line that rewrites itself on a
// terminal, plain lines elsewhere, and with --quiet nothing at all unless something is
// left undone. It is safe for concurrent use.
type output struct {
	log *slog.Logger // for what no summary will tell

	mu       sync.Mutex
	results  io.Writer // what was asked for: standard output
	steps    io.Writer // how it goes: standard error
	terminal bool
	open     bool // a progress line stands unfinished

	held    *bytes.Buffer // what --quiet keeps back
	release io.Writer     // where it goes in the end
}

func newOutput(w world, quiet, verbose bool) *output {
	level := slog.LevelError // the summary tells the rest
	if verbose {
		level = slog.LevelDebug
	}
	return newOutputAt(w, quiet, level)
}

func newOutputAt(w world, quiet bool, level slog.Level) *output {
	o := &output{results: w.stdout, steps: w.stderr, terminal: isTerminal(w.stderr), release: w.stderr}
	if quiet {
		o.held, o.terminal = new(bytes.Buffer), false
		o.results, o.steps = o.held, o.held
	}
	colours := o.terminal && os.Getenv("NO_COLOR") == ""
	o.log = slog.New(tint.NewTextHandler(logLines{o}, &tint.Options{Level: level, TimeFormat: "15:04:05", NoColor: !colours}))
	return o
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// logLines puts the lines of the log above the progress line.
type logLines struct{ *output }

func (l logLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
	return l.steps.Write(p)
}

// say prints one line of the result.
func (o *output) say(format string, args ...any) { o.print(o.results, format, args...) }

// line prints one line about how it goes.
func (o *output) line(format string, args ...any) { o.print(o.steps, format, args...) }

func (o *output) print(w io.Writer, format string, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clear()
	fmt.Fprintf(w, format+"\n", args...)
}

// progress shows how far a step is: over itself on a terminal; elsewhere nothing, the
// step's end prints its line.
func (o *output) progress(format string, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.terminal {
		return
	}
	o.clear()
	fmt.Fprintf(o.steps, format, args...)
	o.open = true
}

// clear wipes the progress line away; mu is held.
func (o *output) clear() {
	if o.open {
		fmt.Fprint(o.steps, "\r\x1b[K")
		o.open = false
	}
}

// end lets go what --quiet kept back, unless all was done.
func (o *output) end(code int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clear()
	if o.held != nil && code != exitDone {
		o.release.Write(o.held.Bytes())
	}
}
