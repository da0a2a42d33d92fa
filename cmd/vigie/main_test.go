package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vigie/internal/xlsxcheck"
)

func TestMain(m *testing.M) {
	os.Unsetenv("VIGIE_DB")
	os.Unsetenv("VIGIE_CONTACT")
	testscript.Main(m, map[string]func(){"vigie": main, "vigie-weighed": weighed, "vigie-diverted": diverted})
}

// weighed is vigie that says at its end how much memory it had at most. A parent could not
// tell: to Linux, a child's peak begins with its parent's.
func weighed() {
	code := run(context.Background(), world{os.Stdin, os.Stdout, os.Stderr, time.Now}, os.Args[1:])
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = exitFailed
	}
	_, peak, _ := bytes.Cut(status, []byte("VmHWM:"))
	fmt.Printf("peak %s\n", strings.Fields(string(peak) + " 0")[0])
	os.Exit(code)
}

// TestScripts runs command lines as their users would. Beside the usual commands, scripts
// have those of scriptCommands.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "../../testdata/script", Cmds: scriptCommands, Condition: condition,
		RequireExplicitExec: true, RequireUniqueNames: true,
	})
}

var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"answer":   answer,
	"droprow":  dropRow,
	"setcell":  setCell,
	"exits":    exits,
	"fill":     fill,
	"flip":     flip,
	"oneline":  oneLine,
	"replays":  replays,
	"same":     same,
	"site":     siteCommand,
	"sql":      sqlCommand,
	"sigterm":  sigterm,
	"undo":     undo,
	"xlsxrows": xlsxRows,
}

// condition knows [root], for whom no folder is read-only.
func condition(name string) (bool, error) {
	if name == "root" {
		return os.Geteuid() == 0, nil
	}
	return false, errors.New("unknown")
}

// exits CODE PROGRAM ARG… runs a program that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		e, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = e.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit %d, want %d", got, want)
	}
}

// oneline stdout|stderr: what the last program wrote there is one line.
func oneLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: oneline stdout|stderr")
	}
	if text := ts.ReadFile(args[0]); strings.Count(text, "\n") != 1 || !strings.HasSuffix(text, "\n") {
		ts.Fatalf("%s is not one line:\n%s", args[0], text)
	}
}

// same FOLDER FOLDER: both hold the same files with the same bytes, their databases aside.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] same FOLDER FOLDER")
	}
	a, b := contents(ts, args[0]), contents(ts, args[1])
	var differing []string
	for name := range union(a, b) {
		if !bytes.Equal(a[name], b[name]) {
			differing = append(differing, name)
		}
	}
	slices.Sort(differing)
	if len(a) == 0 || neg != (len(differing) > 0) {
		ts.Fatalf("%d files, differing: %q", len(a), differing)
	}
}

func union[V any](a, b map[string]V) map[string]bool {
	all := map[string]bool{}
	for name := range a {
		all[name] = true
	}
	for name := range b {
		all[name] = true
	}
	return all
}

func contents(ts *testscript.TestScript, folder string) map[string][]byte {
	root := ts.MkAbs(folder)
	files := map[string][]byte{}
	ts.Check(filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "vigie.db") {
			return err
		}
		name, _ := filepath.Rel(root, file)
		files[name], err = os.ReadFile(file)
		if files[name] == nil {
			files[name] = []byte{}
		}
		return err
	}))
	return files
}

// sigterm tells all background programs to end, as the manager of services does.
func sigterm(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: sigterm")
	}
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGTERM))
	}
}

// xlsxrows FILE SHEET PATTERN prints the rows of a sheet that match, one a line, cells
// parted by " | "; at least one must, none after "!". The workbook must be one that no
// spreadsheet program would repair.
func xlsxRows(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: [!] xlsxrows FILE SHEET PATTERN")
	}
	workbook, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(xlsxcheck.Check(workbook))
	rows, err := sheetRows(workbook, args[1])
	ts.Check(err)
	pattern, err := regexp.Compile(args[2])
	ts.Check(err)
	found := false
	for _, row := range rows {
		if line := strings.Join(row, " | "); pattern.MatchString(line) {
			found = true
			fmt.Fprintln(ts.Stdout(), line)
		}
	}
	if found == neg {
		ts.Fatalf("%d rows, one that matches %q: %v", len(rows), args[2], found)
	}
}
