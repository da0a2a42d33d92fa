package scrapers

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

func TestCompareList(t *testing.T) {
	entry := func(id, name string) vigie.Entity {
		return vigie.Entity{Ref: vigie.Ref{Type: "territory", ID: id}, Name: name}
	}
	known := []vigie.Entity{entry("ti-1@2023", "Pays de l'Aigle"), entry("ti-2@2023", "Sud-Manche"), entry("ti-3@2023", "Vallée de l'Huisne")}
	tests := []struct {
		name, body string
		want       []string
		err        error
	}{
		{"the same, spelt otherwise", "\ufeffinsee_com,lib_com,id_ti,lib_ti\n1,A,ti-1,Pays de L’Aigle\n2,B,ti-1,Pays de L’Aigle\n3,C,ti-2,Sud Manche\n4,D,ti-3,Vallée de l'Huisne\n", nil, nil},
		{"newer", "id_ti;lib_ti\nti-1;Pays d'Ouche\nti-2;Sud Manche\nti-4;Quatre\n", []string{
			"1 de plus que dans la liste embarquée : Quatre (ti-4)", "1 de moins : Vallée de l'Huisne (ti-3)", "1 sous un autre nom : Pays d'Ouche (ti-1)",
		}, nil},
		{"many", "id_ti;lib_ti\nti-1;Pays de l'Aigle\nti-2;Sud Manche\nti-3;Vallée de l'Huisne\na;A\nb;B\nc;C\nd;D\ne;E\nf;F\n", []string{
			"6 de plus que dans la liste embarquée : A (a), B (b), C (c), D (d), E (e), et 1 de plus",
		}, nil},
		{"another shape", "code,nom\n1,A\n", nil, ErrChanged},
		{"empty", "", nil, ErrChanged},
		{"a workbook", "PK\x03\x04\x14\x00id_ti;lib_ti\n", nil, errWorkbook},
	}
	for _, tt := range tests {
		got, err := CompareList([]byte(tt.body), known)
		if d := cmp.Diff(tt.want, got); d != "" || !errors.Is(err, tt.err) || (err != nil) != (tt.err != nil) {
			t.Errorf("%s: %v (-want +got):\n%s", tt.name, err, d)
		}
	}
}
