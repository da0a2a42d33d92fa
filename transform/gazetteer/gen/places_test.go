package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// The API of places answers with bare arrays, whose places have more fields than are asked
// for, and with a bare 400 or 404 where it cannot: nothing is changed by these.
func TestPlacesAnswers(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		body   string
		ok     bool
	}{
		"a field more":   {200, `[{"nom":"Amont-le-Neuf","code":"14001","codeDepartement":"14","codeEpci":"200000002","population":120,"_score":1},{"nom":"Aval","code":"14002","codeDepartement":"14","_score":0.5}]`, true},
		"a bare 400":     {400, "", false},
		"a bare 404":     {404, "", false},
		"a 500 of old":   {500, `[{"nom":"Amont-le-Neuf","code":"14001","codeDepartement":"14"},{"nom":"Aval","code":"14002","codeDepartement":"14"}]`, false},
		"null":           {200, "null", false},
		"an object":      {200, `{"code":404,"message":"Not found"}`, false},
		"no departement": {200, `[{"nom":"Flers","code":"61169","codeEpci":"200035814","_score":1}]`, false},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tt.status)
			io.WriteString(w, tt.body)
		}))
		tab := communeTable()
		for _, row := range strings.Split(strings.TrimSpace(someCommunes), "\n")[1:] {
			tab.add(strings.Split(row+"\t\t\t", "\t")[:8]...)
		}
		before := string(tab.bytes())
		o := online{client: server.Client(), places: server.URL, today: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
		_, err := o.communes(context.Background(), tab)
		server.Close()
		if changed := string(tab.bytes()) != before; (err == nil) != tt.ok || changed != tt.ok {
			t.Errorf("%s: %v, the table changed: %v; want ok %v", name, err, changed, tt.ok)
		}
	}
}
