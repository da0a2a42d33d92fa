package transform_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"vigie/transform"
	"vigie/transform/article"
)

// endless are lines that never end, each made of one of these again and again. Each was
// slow once, or is of a kind that is slow elsewhere.
var endless = []string{
	// Lists that each name asks about.
	"a\n", "- a\n", "  - Grand Dole\n", "- a\n  - b\n", "• Grand Dole ", "Grand Dole\n", "Grand Dole\n\n", "- Inconnu Machin\n", "* a\n", "1. a\n", "a) b\n",
	// Cells, columns and pages.
	"a\t", "a\tb\n", "Ville\tEPCI\n", "Grand Dole\tCA du Grand Dole\n", "a    b\n", "a          b          c\n", "Page 1 sur 3\n\n", "12\n\n13\n\n", "Nom : Grand Dole\n", "mot-\n",
	"un mot et un autre mot qui va jusqu'au bout de la ligne sans fin\n", "TITRE EN CAPITALES\n\n", "a\r", "a\f",
	"Le 5 mars 2019, le territoire d'industrie Grand Dole, que préside M. Jean Petit, a reçu 1,3 M€ de l'État, ",
	// Names, in series that go on.
	"Les CC de A, de B et de C, ", "Grand Dole et ", "Grand Dole, ", "Sud Vilaine (35) ; ", "la CA de ", "CC du Perche, ", "Dole, ", "Saint-", "Saint-Martin, ",
	"Vitry-le-François – Saint-Dizier – ", "Inconnu Machin, ", "Manche (50) ", "normands ", "Normandie, ",
	"axes : l'innovation, la formation, la CA de Normandie Petites villes de demain à Dole, ", "normands J.-P. Petites villes de demain à Dole, Action cœur de ville ",
	// What sentences go on from.
	"Grand Dole a été retenu, ", "Grand Dole a été retenu. ", "L'État verse 68 000 euros à Grand Dole. ", "Ensemble, elles forment Grand Dole. ", "Il. ", "Le contrat court de 2019 à 2022. ",
	"le territoire d'industrie Grand Dole a été labellisé ", "Inconnu Machin a été labellisé Territoire d'industrie.\n\n", "Action cœur de ville.\n\nTerritoires d'industrie.\n\n",
	"Grand Dole a été retenu, 1,3 M€ de l'État dont 2019-2022, ", "CRTE ", "PVD ", "TI ", "petites villes ",
	// Persons and what they hold.
	"M. Jean Petit, ", "M. Petit préside le comité de pilotage. ", "Jean Petit, maire de Dole, préside le comité. M. Petit l'anime. ", "comité de pilotage ", "présidé par ",
	"présidé par Jean Petit, maire de Dole, et par ", "binôme : Jean Petit et Marie Durand, ", "élu référent : Jean Petit ", "J.-P. ",
	// Numbers and dates.
	"124 territoires ", "124 territoires, ", "1,3 M€ ", "1,3 M€ de l'État ", "deux millions ", "1 360 millions d'euros ", "2019-2022 ", "de 2019 à 2022 ", "le 5 mars 2019, ", "Publié le 5 mars 2019 ",
	"jeudi dernier ", "du 1er au 3 ", "entre 10 et ", "10 à 30 ", "vingt et un ", "1 ", "1,", "Le programme a été lancé le 22 novembre 2018, ",
	// Words and marks that point on.
	"et de ", "dont ", "ainsi que ", "n'a pas été retenu, ", "pourrait ", "attirer, recruter, ", "qui est, ", "( ", "« ", "\" ", ", ", "; ", ": ", ". ", "? ", "- ", "l'",
	"http://a.b/c?d=e ", "&amp; ", "\u200b", "a\u0300\u0300", "😀 ", "a", "é",
}

// endlessTags are the same for pages: tags left open, nested or repeated.
var endlessTags = []string{
	"<p>a</p>", "<div>", "<div>a", "<div><p>a", "<ul><li>a", "<ul><li>Grand Dole", "<li>a", "<dl><dt>a<dd>b", "<dd>a", "<blockquote>a", "<table>", "<table><tr><td>", "<tr><td>a<td>b",
	"<h2>Grand Dole</h2>", "<h2>Grand Dole</h2><p>Le comité est présidé par Jean Petit.</p>", "<section><h2>a</h2><p>b</p></section>", "<article><h2>a</h2><p>b c d e f</p></article>",
	"<a href=b>c</a>", "<a>", "<b>", "<p><b>", "<i><b>", "<font>", "<span>", "<form>", "<button>", "<select><option>", "<svg><p>", "<math><mi>", "<template>", "<!--", "<script>", "<", "&", "<a ",
	"<p a=b c=d e=f>", "a<br>", "- a<br>", "<time datetime=2019-01-01>5 mars 2019</time>", "<p>Publié le 5 mars 2019</p>", "<nav><a>a</a></nav>",
	"<div class=related><h3>a</h3><ul><li><a>b</a></ul></div>", "<figure><img><figcaption>a</figcaption></figure>", "<p style=display:none>a</p>",
}

// TestReadingIsLinear reads lines and pages of one size and of four times that, from bytes
// to facts. The bounds are wide, since it is time that is measured; what is quadratic or
// worse passes them by far.
func TestReadingIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("time under the race detector says nothing")
	}
	p, err := transform.New()
	if err != nil {
		t.Fatal(err)
	}
	size := 1_500
	if os.Getenv("VIGIE_LONG") != "" {
		size = 20_000
	}
	for _, s := range endless {
		grows(t, p, s, "text/plain", size, "Territoires d'industrie\n\n")
	}
	for _, s := range endlessTags {
		grows(t, p, s, "text/html", size, "<title>Territoires d'industrie</title><main><h1>Territoires d'industrie</h1>")
	}
}

// perByte is what a byte may cost, ten times what the dearest of the above does.
const perByte = 100 * time.Microsecond

// grows fails where four times the bytes take much more than four times as long. What
// another process took is not told from what we did: a slow one is measured again.
func grows(t *testing.T, p *transform.Pipeline, s, mediaType string, size int, before string) {
	t.Helper()
	for try := 0; ; try++ {
		one, four := took(p, before+strings.Repeat(s, size/len(s)), mediaType), took(p, before+strings.Repeat(s, 4*size/len(s)), mediaType)
		if four <= 10*one+100*time.Millisecond && four <= time.Duration(4*size)*perByte {
			return
		}
		if try == 2 {
			t.Errorf("%q: %d bytes take %s, %d bytes %s", s, size, one, 4*size, four)
			return
		}
	}
}

func took(p *transform.Pipeline, body, mediaType string) time.Duration {
	began := time.Now()
	_, _ = p.Document(article.Input{Body: []byte(body), MediaType: mediaType, Published: "2024-03-01"})
	return time.Since(began)
}

// TestLineOfFiveMegabytes: a line as long as the largest page is read whole.
func TestLineOfFiveMegabytes(t *testing.T) {
	if os.Getenv("VIGIE_LONG") == "" {
		return // read in parts above
	}
	p, err := transform.New()
	if err != nil {
		t.Fatal(err)
	}
	const line = "Le 5 mars 2019, le territoire d'industrie Grand Dole, que préside M. Jean Petit, a reçu 1,3 M€ de l'État, "
	began := time.Now()
	r, err := p.Document(article.Input{Body: []byte("Territoires d'industrie\n\n" + strings.Repeat(line, 5_000_000/len(line))), MediaType: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 2*time.Minute || len(r.Facts) == 0 {
		t.Errorf("%d facts in %s", len(r.Facts), took)
	}
}
