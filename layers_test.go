package vigie

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of this module each package may import, as
// ARCHITECTURE.md draws them: data flows one way, imports point down. A name
// ending in /... stands for everything below it too.
var mayImport = map[string][]string{
	"":                  {},
	"internal/...":      {""},
	"scrapers/warc":     {"", "internal/..."},
	"scrapers/fetch":    {"", "internal/..."},
	"scrapers":          {"", "internal/...", "scrapers/..."},
	"store":             {"", "internal/...", "store/..."},
	"store/storetest":   {"", "internal/...", "store"},
	"schedules":         {"", "internal/..."},
	"reports":           {"", "internal/...", "reports/..."},
	"reports/atlas":     {"", "internal/..."},
	"reports/returned":  {"", "internal/..."},
	"reports/atlas/gen": {"reports/atlas"},

	"transform/article":       {"", "internal/..."},
	"transform/programme":     {"", "internal/..."},
	"transform/gazetteer":     {"", "internal/..."},
	"transform/gazetteer/gen": {"", "internal/...", "transform/gazetteer"},
	"transform/extract":       {"", "internal/...", "transform/article", "transform/programme", "transform/gazetteer"},
	"transform/resolve":       {"", "internal/...", "transform/programme", "transform/gazetteer"},
	"transform":               {"", "internal/...", "transform/..."},

	"cmd/...": {"..."},
}

// doors are the libraries that one place alone may open.
var doors = map[string][]string{
	"github.com/gocolly/colly/v2":    {"scrapers/fetch"},
	"github.com/xuri/excelize/v2":    {"reports"},
	"github.com/robfig/cron/v3":      {"schedules"},
	"github.com/jackc/pgx/v5":        {"store", "schedules"},
	"modernc.org/sqlite":             {"store"},
	"github.com/pressly/goose/v3":    {"store"},
	"github.com/PuerkitoBio/goquery": {"scrapers"},
	"github.com/alecthomas/kong":     {"cmd/vigie"},
	"github.com/ledongthuc/pdf":      {"cmd/vigie/pdfwords"},
}

func TestImportsPointDown(t *testing.T) {
	eachImport(t, func(file, from, imported string) {
		if to, ours := strings.CutPrefix(imported+"/", "vigie/"); ours {
			to = strings.TrimSuffix(to, "/")
			if from != to && !covers(allowed(t, from), to) {
				t.Errorf("%s: package %s must not import vigie/%s: imports point down (ARCHITECTURE.md)", file, from, to)
			}
			return
		}
		for door, rooms := range doors {
			if (imported == door || strings.HasPrefix(imported, door+"/")) && !slices.Contains(rooms, from) {
				t.Errorf("%s: only %s may import %s", file, strings.Join(rooms, " and "), door)
			}
		}
	})
}

func TestRootImportsStandardLibraryOnly(t *testing.T) {
	eachImport(t, func(file, from, imported string) {
		if from == "" && !strings.HasSuffix(file, "_test.go") && strings.Contains(imported, ".") {
			t.Errorf("%s: the root package speaks to everybody and imports %s", file, imported)
		}
	})
}

func allowed(t *testing.T, from string) []string {
	if a, ok := mayImport[from]; ok {
		return a
	}
	for p, a := range mayImport {
		if base, open := strings.CutSuffix(p, "/..."); open && strings.HasPrefix(from+"/", base+"/") {
			return a
		}
	}
	t.Errorf("package %s is in no layer: give it its line in mayImport", from)
	return []string{"..."}
}

func covers(patterns []string, to string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		base, open := strings.CutSuffix(p, "...")
		return p == to || open && strings.HasPrefix(to+"/", base)
	})
}

// eachImport calls f for every import of every Go file, tests included: file and
// from (the package's folder) relative to the module.
func eachImport(t *testing.T, f func(file, from, imported string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && file != ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(file) != ".go" {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from := filepath.ToSlash(filepath.Dir(file))
		if from == "." {
			from = ""
		}
		for _, i := range parsed.Imports {
			imported, _ := strconv.Unquote(i.Path.Value)
			f(filepath.ToSlash(file), from, imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
