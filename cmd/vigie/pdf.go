package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"time"

	"vigie"
	"vigie/cmd/vigie/pdfwords"
	"vigie/transform/article"
)

// pdfDeadline is what the slowest sound PDF needs many times over.
const pdfDeadline = 20 * time.Second

// What the process that reads a PDF may hold: of data as the kernel counts it, where Go
// reserves far more than it uses; and of memory in use, watched from within. With the
// programme itself the whole stays below 64 MiB.
const (
	pdfData   = 192 << 20
	pdfMemory = 34 << 20
)

// A pdfWordsCmd is the process that reads one PDF; vigie starts it itself.
type pdfWordsCmd struct{}

// Run reads a PDF from standard input and writes its words. It loads no table, and may be
// killed at any moment.
func (pdfWordsCmd) Run(s *session) error {
	debug.SetGCPercent(50)
	debug.SetMaxStack(8 << 20)
	if err := limitData(pdfData); err != nil {
		return fmt.Errorf("limit the memory: %w", err)
	}
	go watchMemory()
	if f, ok := s.stdin.(*os.File); ok { // read where it lies
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return pdfwords.Write(s.stdout, f, info.Size())
		}
	}
	body, err := io.ReadAll(io.LimitReader(s.stdin, maxPage))
	if err != nil {
		return err
	}
	return pdfwords.Write(s.stdout, bytes.NewReader(body), int64(len(body)))
}

// watchMemory ends the process when it uses too much: a heap that grows step by step is
// seen here, one that grows at once meets the kernel's limit.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(5 * time.Millisecond) {
		if metrics.Read(sample); sample[0].Value.Uint64()-sample[1].Value.Uint64() > pdfMemory {
			fmt.Fprintln(os.Stderr, "out of memory")
			os.Exit(exitFailed)
		}
	}
}

// addWords reads the words of a body that is a PDF; it leaves others alone.
func addWords(ctx context.Context, in *article.Input) (err error) {
	if article.IsPDF(in.Body) {
		in.Words, err = pdfWords(ctx, in.Body, pdfDeadline)
	}
	return err
}

// pdfWords has a process of its own read a PDF: a parser that loops or asks for all
// memory costs that document, and nothing else.
func pdfWords(ctx context.Context, body []byte, deadline time.Duration) ([]article.Word, error) {
	file, err := os.CreateTemp("", "vigie-*.pdf")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := file.Write(body); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	cmd, err := pdfCommand(limited, file)
	if err != nil {
		return nil, err
	}
	var told saying
	cmd.Stderr = &told
	words, err := readWords(cmd)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fmt.Errorf("%w: PDF: à lire à la main: not read within %s", vigie.ErrNoArticle, deadline)
	case err != nil:
		return nil, fmt.Errorf("%w: PDF: à lire à la main: %s", vigie.ErrNoArticle, told.reason(err))
	}
	return words, nil
}

// pdfCommand is this programme once more, to read a PDF.
func pdfCommand(ctx context.Context, file *os.File) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "pdf-words")
	cmd.Args[0] = "vigie"
	cmd.Env = []string{"GOMAXPROCS=1"}
	cmd.Stdin, cmd.WaitDelay = file, time.Second
	return cmd, nil
}

func readWords(cmd *exec.Cmd) ([]article.Word, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	words, err := pdfwords.Read(io.LimitReader(out, 64<<20))
	if err != nil {
		_, _ = io.Copy(io.Discard, out) // until it ends or is killed
	}
	return words, errors.Join(cmd.Wait(), err)
}

// A saying keeps the head of what a process says when it ends badly.
type saying struct{ bytes.Buffer }

func (t *saying) Write(p []byte) (int, error) {
	if room := 4096 - t.Len(); room > 0 {
		t.Buffer.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

// reason is why a PDF could not be read, in one line.
func (t *saying) reason(err error) string {
	said, _, _ := strings.Cut(strings.TrimPrefix(t.String(), "vigie: "), "\n")
	switch {
	case strings.Contains(t.String(), "out of memory"), strings.Contains(t.String(), "cannot allocate memory"):
		return fmt.Sprintf("it needs more than %d MiB to be read", pdfMemory>>20)
	case strings.Contains(t.String(), "stack exceeds"), strings.Contains(t.String(), "stack overflow"):
		return "damaged: it points into itself without end"
	case said != "":
		return said
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return first
}
