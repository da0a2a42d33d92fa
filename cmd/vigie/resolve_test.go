package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// command runs a command line with something on standard input.
func command(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, notes bytes.Buffer
	w := world{stdin: strings.NewReader(stdin), stdout: &out, stderr: &notes, now: time.Now}
	code = run(t.Context(), w, args)
	return out.String(), notes.String(), code
}

func TestResolve(t *testing.T) {
	const in = `n;nom;dép;région
1;CC de la Baie du Cotentin;Manche;
2;st lo;50;
3;communauté d'agglo. de Metz Métropole;57;
4;Axe Seine;;Normandie
5;Saint-Denis;;
6;Saint-Denis;93;
7;Sud Marche;;
8;;14;
9;CODAH;;28
10;Zzyx;;
`
	const want = `n;nom;dép;région;resolved_type;resolved_id;resolved_name;candidates
1;CC de la Baie du Cotentin;Manche;;epci;200042729;CC de la Baie du Cotentin;
3;communauté d'agglo. de Metz Métropole;57;;epci;245700240;CA de Metz Métropole (CA 2M);200039865
4;Axe Seine;;Normandie;territory;ti-2802@2023;Axe Seine;ti-2801@2018
6;Saint-Denis;93;;commune;93066;Saint-Denis;75066|249300088
7;Sud Marche;;;;;;ti-2808@2018|200073112
8;;14;;;;;
9;CODAH;;28;epci;247600596;CA du HAVRE;200084952
10;Zzyx;;;;;;
`
	got, notes, code := command(t, in, "resolve", "--column", "nom", "--departement", "dép", "--region", "région")
	if code != exitDone || !strings.Contains(notes, "settled") {
		t.Errorf("exit %d, %q on standard error", code, notes)
	}
	lines := strings.Split(got, "\n")
	for _, line := range strings.Split(want, "\n") {
		if n, _, _ := strings.Cut(line, ";"); !contains(lines, line) {
			t.Errorf("row %s: want %q in\n%s", n, line, got)
		}
	}
	if len(lines) != strings.Count(in, "\n")+1 {
		t.Errorf("%d lines come back of %d", len(lines)-1, strings.Count(in, "\n"))
	}
}

func contains(lines []string, line string) bool {
	for _, l := range lines {
		if l == line {
			return true
		}
	}
	return false
}

func TestResolveMisused(t *testing.T) {
	for _, args := range [][]string{
		{"resolve", "--column", "absent"},
		{"resolve", "--column", "nom", "--departement", "absent"},
		{"resolve", "--column", "nom", "--region", "absent"},
		{"resolve", "--column", "nom", "--types", "epci,canton"},
		{"resolve", "--column", "nom", "--phase", "2019"},
		{"resolve"},
	} {
		if out, notes, code := command(t, "nom\nCaen\n", args...); code != exitMisused || out != "" || notes == "" {
			t.Errorf("vigie %s: exit %d, %q on standard output, %q on standard error", strings.Join(args, " "), code, out, notes)
		}
	}
}
