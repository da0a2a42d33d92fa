// Command vigie watches official announcements about France's territorial label
// programmes and delivers what they say as a workbook and CSV files.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"vigie"
)

// The exit codes, as the README lists them.
const (
	exitDone    = 0
	exitFailed  = 1
	exitMisused = 2
	exitPartly  = 3
	exitLocked  = 4
)

// version is set by the linker in releases.
var version = "dev"

// A misuse is an error that the command line or the configuration causes.
type misuse struct{ error }

func (m misuse) Unwrap() error { return m.error }

func misusef(format string, args ...any) error { return misuse{fmt.Errorf(format, args...)} }

// errPartly is what a run returns that did what it could and told the rest.
var errPartly = errors.New("done in part")

// cli is the command line's grammar.
type cli struct {
	DB      string           `help:"Database: a file, or postgres://… (default: the configuration's, else vigie.db here; the demo keeps its own)." env:"VIGIE_DB" placeholder:"DSN"`
	Contact string           `help:"Address that webmasters can write to; sent with every request (default: the configuration's)." env:"VIGIE_CONTACT" placeholder:"MAIL"`
	Quiet   bool             `help:"Print nothing when all is done (exit 0)." short:"q"`
	Verbose bool             `help:"Log every page." short:"v"`
	Version kong.VersionFlag `help:"Print the version."`

	Demo      demoCmd      `cmd:"" help:"Two nights on an embedded archive, and what analysts make of the first: no network, no configuration."`
	Run       runCmd       `cmd:"" help:"One night: collect, transform, report."`
	Collect   collectCmd   `cmd:"" help:"Discover, fetch and archive the pages of the sources."`
	Backfill  backfillCmd  `cmd:"" help:"Bring pages that were published before: from the sites, Wayback, Common Crawl or a WARC file."`
	Transform transformCmd `cmd:"" help:"Read archived pages and extract their facts."`
	Report    reportCmd    `cmd:"" help:"Publish what is known: workbook, page and tables; or look back at what was."`
	Extract   extractCmd   `cmd:"" help:"Facts of one page, as JSON Lines."`
	Explain   explainCmd   `cmd:"" help:"How one page was read: what was in force where, which rules fired, what was refused and why."`
	Resolve   resolveCmd   `cmd:"" help:"Official identifiers for the names in a column of a CSV file."`
	Source    sourceCmd    `cmd:"" help:"The sources that vigie knows: list them, test them offline, probe a site, record a fixture."`
	Status    statusCmd    `cmd:"" help:"How each source is: its state and since when, its last success, its newest item."`
	PDFWords  pdfWordsCmd  `cmd:"" name:"pdf-words" hidden:"" help:"Words of the PDF on standard input; vigie runs it itself."`
	Schedule  scheduleCmd  `cmd:"" help:"Run the nights of a schedule, and catch up on one that was missed."`
	Archive   archiveCmd   `cmd:"" help:"Export, import or check the archive; pages that fail, and the history of one."`
	Review    reviewCmd    `cmd:"" help:"What analysts decided on rows: take it in, list it, take it back."`
	Verify    verifyCmd    `cmd:"" help:"Check a delivered workbook: every quote against the archive, every cell against what was delivered."`
}

// A world is all that commands touch outside the program.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, world{os.Stdin, os.Stdout, os.Stderr, time.Now}, os.Args[1:]))
}

// run parses the command line, runs the command and returns the exit code.
func run(ctx context.Context, w world, args []string) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("vigie"),
		kong.Description("Watches announcements about France's territorial label programmes, keeps the words that state each fact, and delivers workbook and CSV."),
		kong.Writers(w.stdout, w.stderr), kong.Exit(func(code int) { exited = code }),
		kong.Vars{"version": "vigie " + version}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		panic(err) // the grammar above is wrong
	}
	k, err := parser.Parse(args)
	if exited >= 0 { // --help, --version
		return exited
	}
	if err != nil {
		fmt.Fprintf(w.stderr, "vigie: %v (vigie --help lists the commands)\n", err)
		return exitMisused
	}
	out := newOutput(w, c.Quiet, c.Verbose)
	err = k.Run(&session{ctx: ctx, world: w, cli: &c, output: out})
	code := exitCode(err)
	out.end(code)
	if err != nil && !errors.Is(err, errPartly) { // that one has told its own
		fmt.Fprintf(w.stderr, "vigie: %s\n", told(err))
	}
	return code
}

func exitCode(err error) int {
	var m misuse
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &m):
		return exitMisused
	case errors.Is(err, vigie.ErrLocked):
		return exitLocked
	case errors.Is(err, errPartly):
		return exitPartly
	}
	return exitFailed
}
