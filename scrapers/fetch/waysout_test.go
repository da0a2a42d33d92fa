package fetch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// waysOut are the names, by the package that has them, by which a program leaves the machine:
// those that connect, and those of clients that bring a way of their own.
var waysOut = map[string][]string{
	"net":                         {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer"},
	"net/http":                    {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport", "ProxyFromEnvironment", "ProxyURL"},
	"crypto/tls":                  {"Dial", "DialWithDialer", "Dialer"},
	"syscall":                     {"Connect", "Socket"},
	"golang.org/x/sys/unix":       {"Connect", "Socket"},
	"github.com/gocolly/colly/v2": {"NewCollector"},

	"github.com/PuerkitoBio/goquery":         {"NewDocument"},
	"codeberg.org/readeck/go-readability/v2": {"FromURL"},
	"github.com/mmcdole/gofeed":              {"ParseURL", "ParseURLWithContext"}, // of its Parser
	"github.com/markusmobius/go-trafilatura": {"ExtractURL"},
	"golang.org/x/net/context/ctxhttp":       {"Get", "Head", "Post", "PostForm", "Do"},
	"golang.org/x/net/http/httpproxy":        {"FromEnvironment"},
	"net/http/httputil":                      {"NewSingleHostReverseProxy", "ReverseProxy"},
	"net/smtp":                               nil, "net/rpc": nil, "net/rpc/jsonrpc": nil, "golang.org/x/net/proxy": nil, "golang.org/x/net/websocket": nil, // nil: all that is in it
}

// HAZARDS A14: one guard stands before all that leaves the machine, and nothing else dials.
// Of the two besides it, one is given the guarded transport, and the generator of the official
// tables is a program of its own, which is run by hand.
func TestHazardA14(t *testing.T) {
	want := []string{
		"scrapers/fetch/certificates.go: http.Transport", // a type: what it copies is network.go's
		"scrapers/fetch/client.go: http.Client",          // of the layers
		"scrapers/fetch/client.go: http.Transport",       // a type
		"scrapers/fetch/network.go: http.Transport",
		"scrapers/fetch/network.go: net.Dialer",
		"scrapers/fetch/walk.go: colly.NewCollector", // of the layers
		"transform/gazetteer/gen/main.go: http.Client",
		"transform/gazetteer/gen/online.go: http.Client",
	}
	if got := doors(t, os.DirFS("../..")); !slices.Equal(got, want) {
		t.Errorf("the machine is left by\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A webhook that dials by itself is seen, in whatever words.
func TestHazardA14Words(t *testing.T) {
	const head = "package schedules\n\nimport (\n\t\"net\"\n\t\"net/http\"\n)\n\nvar _ net.IP\nvar _ http.Header\n\n"
	for body, want := range map[string]string{
		`func f(u string) { http.Post(u, "", nil) }`:                       "http.Post",
		`func f(u string) { (&http.Client{Timeout: 1}).Post(u, "", nil) }`: "http.Client",
		`func f(u string) { new(http.Client).Get(u) }`:                     "http.Client",
		`var c http.Client`:    "http.Client",
		`var post = http.Post`: "http.Post",
		`var t = &http.Transport{Proxy: http.ProxyFromEnvironment}`:                 "http.ProxyFromEnvironment http.Transport",
		`func f() { t := http.DefaultTransport.(*http.Transport).Clone(); _ = t }`:  "http.DefaultTransport http.Transport",
		`func f() { net.DialTimeout("tcp", "10.0.0.1:25", 0) }`:                     "net.DialTimeout",
		`func f() { (&net.Dialer{Timeout: 1}).Dial("tcp", "10.0.0.1:25") }`:         "net.Dialer",
		`func f(r *http.Request) (http.Handler, int) { return nil, http.StatusOK }`: "",
		`var l, _ = net.Listen("tcp", "127.0.0.1:0")`:                               "",
	} {
		seen(t, head+body, want)
	}
	for source, want := range map[string]string{
		"package a\nimport web \"net/http\"\nvar c web.Client":                                                          "http.Client",
		"package a\nimport . \"net/http\"\nvar c Client":                                                                "import net/http with a dot",
		"package a\nimport \"net/smtp\"\nvar send = smtp.SendMail":                                                      "import net/smtp",
		"package a\nimport \"github.com/mmcdole/gofeed\"\nvar f, _ = gofeed.NewParser().ParseURL(\"http://10.0.0.1/\")": "gofeed.ParseURL",
		"package a\nimport \"github.com/gocolly/colly/v2\"\nvar c = colly.NewCollector()":                               "colly.NewCollector",
		"package a\n// http.Post and net.Dial are words here\nvar s = \"http.Client{}\"":                                "",
	} {
		seen(t, source, want)
	}
}

func seen(t *testing.T, source, want string) {
	t.Helper()
	var names []string
	for _, d := range doors(t, fstest.MapFS{"schedules/notify.go": {Data: []byte(source)}}) {
		names = append(names, strings.TrimPrefix(d, "schedules/notify.go: "))
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("seen %q, want %q, in\n%s", got, want, source)
	}
}

// doors are the ways out of a tree of sources, each once for a file; tests aside.
func doors(t *testing.T, tree fs.FS) (found []string) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || len(d.Name()) > 1 && d.Name()[0] == '.'):
			return fs.SkipDir
		case !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		source, err := fs.ReadFile(tree, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, name := range leaves(parsed) {
			found = append(found, file+": "+name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// leaves are the ways out that a file names, in order, each once.
func leaves(file *ast.File) (names []string) {
	imported, methods := map[string]string{}, map[string]string{}
	for _, i := range file.Imports {
		from, _ := strconv.Unquote(i.Path.Value)
		ways, known := waysOut[from]
		switch {
		case !known:
		case ways == nil:
			names = append(names, "import "+from)
		case i.Name != nil && i.Name.Name == ".":
			names = append(names, "import "+from+" with a dot")
		case i.Name != nil:
			imported[i.Name.Name] = from
		default:
			imported[called(from)] = from
		}
		for _, w := range ways {
			if strings.HasPrefix(w, "ParseURL") {
				methods[w] = called(from)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, plain := s.X.(*ast.Ident)
		if plain && slices.Contains(waysOut[imported[of.Name]], s.Sel.Name) {
			names = append(names, called(imported[of.Name])+"."+s.Sel.Name)
		} else if by := methods[s.Sel.Name]; by != "" {
			names = append(names, by+"."+s.Sel.Name)
		}
		return true
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// called is the name that a package goes by where a file gives it no other.
func called(from string) string {
	name := path.Base(from)
	if name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(from))
	}
	return strings.TrimPrefix(name, "go-")
}
