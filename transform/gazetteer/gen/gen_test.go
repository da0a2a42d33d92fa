package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTablesAreThoseOfTheReference builds all tables anew and compares bytes.
func TestTablesAreThoseOfTheReference(t *testing.T) {
	reference := filepath.FromSlash("../../../../shared/reference")
	if _, err := os.Stat(reference); err != nil {
		t.Skip("no reference files beside the repository")
	}
	dir := t.TempDir()
	if err := rebuild(reference, dir, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		got, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		committed, err := os.ReadFile(filepath.Join("..", "data", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, committed) {
			t.Errorf("%s: %d bytes built, %d committed, and they differ: run go generate", f.Name(), len(got), len(committed))
		}
	}
}

const (
	someCommunes = "insee\tname\tkind\tdepartement\tepci\tpopulation\tnext\tuntil\n" +
		"14001\tAmont\t\t14\t200000001\t100\t\t\n14002\tAval\t\t14\t200000001\t90\t\t\n14003\tBief\tdeleguee\t14\t\t\t14001\t2015-12-31\n"
	someLabels = "programme\tid\tname\tcommune\tthen\tdate\n" +
		"action-coeur-de-ville\tacv-001\tAmont\t14001\t\t2018-09-28\npetites-villes-de-demain\tpvd-1\tAval\t14002\t\t\n"
)

func TestOnline(t *testing.T) {
	dir := t.TempDir()
	write := func(file, text string) {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("communes.tsv", someCommunes)
	write("labels.tsv", someLabels)
	write("regions.tsv", "region\tname\n28\tNormandie\n")
	write("tables.csv", "file,name,source,licence,date,vintage,rows\nregions.tsv,R,s,l,2026-01-01,v,1\ncommunes.tsv,C,s,l,2026-01-01,v,3\nlabels.tsv,L,s,l,2026-01-01,v,2\n")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/communes":
			w.Write([]byte(`[{"code":"14001","nom":"Amont-le-Neuf","codeDepartement":"14","codeEpci":"200000002","population":120},
				{"code":"14004","nom":"Crue","codeDepartement":"14","codeEpci":"200000002","population":5}]`))
		case strings.HasSuffix(r.URL.Path, resources["action-coeur-de-ville"]):
			w.Write([]byte("\ufeffinsee_com;lib_com;id_acv;lib_acv;date_signature\n14004;Crue;acv-009;Crue;2026-02-01\n"))
		case strings.HasSuffix(r.URL.Path, resources["villages-d-avenir"]):
			w.Write([]byte("code,nom\n1,2\n"))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	var out bytes.Buffer
	o := online{client: server.Client(), lists: server.URL + "/", places: server.URL, dir: dir, out: &out, today: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
	if err := o.refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"communes.tsv": "insee\tname\tkind\tdepartement\tepci\tpopulation\tnext\tuntil\n" +
			"14001\tAmont-le-Neuf\t\t14\t200000002\t120\t\t\n14002\tAval\tancienne\t14\t200000001\t90\t\t2026-12-31\n" +
			"14003\tBief\tdeleguee\t14\t\t\t14001\t2015-12-31\n14004\tCrue\t\t14\t200000002\t5\t\t\n",
		"labels.tsv": "programme\tid\tname\tcommune\tthen\tdate\n" +
			"action-coeur-de-ville\tacv-009\tCrue\t14004\t\t2026-02-01\npetites-villes-de-demain\tpvd-1\tAval\t14002\t\t\n",
		"regions.tsv": "region\tname\n28\tNormandie\n",
		"tables.csv":  "file,name,source,licence,date,vintage,rows\nregions.tsv,R,s,l,2026-01-01,v,1\ncommunes.tsv,C,s,l,2027-03-01,v,4\nlabels.tsv,L,s,l,2027-03-01,v,2\n",
	} {
		got, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	for _, want := range []string{"regions.tsv: kept", "communes.tsv: refreshed: 4 rows, 1 new, 1 ended", "villages-d-avenir kept", "no column \"insee_com\"", "404"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("report lacks %q:\n%s", want, out.String())
		}
	}
}

// TestOnlineKeepsWhatItCannotRead answers with a short list: half of the communes have not ended overnight.
func TestOnlineKeepsWhatItCannotRead(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`[{"code":"14001","nom":"Amont","codeDepartement":"14"}]`))
	}))
	defer server.Close()
	tab := communeTable()
	for _, row := range strings.Split(strings.TrimSpace(someCommunes), "\n")[1:] {
		tab.add(strings.Split(row+"\t\t\t", "\t")[:8]...)
	}
	o := online{client: server.Client(), places: server.URL, today: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
	if _, err := o.communes(context.Background(), tab); err == nil {
		t.Error("a list of half the communes was taken")
	}
	if tab.rows[1][2] != "" {
		t.Errorf("row %q changed by a refused answer", tab.rows[1])
	}
}
