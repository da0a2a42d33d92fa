package reports

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vigie"
)

// The French of the closed vocabularies, as analysts read it.
var (
	statusWords = map[string]string{
		vigie.Candidate: "candidat",
		vigie.Labelled:  "labellisé",
		vigie.Withdrawn: "retiré",
	}
	basisWords = map[string]string{
		basisList:   "liste officielle",
		basisStated: "annonces",
		basisBoth:   "annonces et liste officielle",
		basisKept:   "annonces ; la liste officielle le garde",
	}
	kindWords = map[string]string{
		string(vigie.KindLabel):  "label",
		string(vigie.KindMember): "composition",
		string(vigie.KindRole):   "gouvernance",
		string(vigie.KindFigure): "chiffre",
		string(vigie.KindEvent):  "événement",
		string(vigie.KindPeriod): "durée",
		string(vigie.KindTheme):  "thème",
	}
	reasonWords = map[string]string{
		"conditional":  "au conditionnel, ou sous une condition",
		"ended":        "révolu : qui ne l'est plus",
		"negated":      "nié : la phrase dit le contraire",
		"other-policy": "relève d'une autre politique publique",
		"presupposed":  "seulement supposé, non affirmé",
		"question":     "une question",
		"rejected":     "écarté par un analyste",
		"reported":     "un ouï-dire, non affirmé par la source",
		"satire":       "une satire",
		"vacant":       "un poste sans titulaire",
		"wished":       "un souhait, une intention",
	}
	faultWords = map[string]string{
		string(vigie.FaultBomb):        "page démesurée",
		string(vigie.FaultChallenge):   "le site demande si l'on est humain",
		string(vigie.FaultConsent):     "le site demande un consentement",
		string(vigie.FaultCut):         "page incomplète dans l'archive",
		string(vigie.FaultData):        "une table de données",
		string(vigie.FaultLogin):       "le site demande un mot de passe",
		string(vigie.FaultMaintenance): "site en maintenance",
		string(vigie.FaultParked):      "domaine à vendre",
		string(vigie.FaultShell):       "page vide sans navigateur",
		string(vigie.FaultSoft404):     "page introuvable",
	}
	foundWords   = map[string]string{"found": "connu", "not-found": "rien trouvé"}
	yesWords     = map[string]string{"true": "oui", "false": "non"}
	plannedWords = map[string]string{"true": "prévu"}
	typeWords    = map[string]string{
		"code":     "code, en texte",
		"date":     "date",
		"datetime": "date et heure",
		"euros":    "euros",
		"number":   "nombre",
		"quote":    "citation",
		"share":    "part",
		"text":     "texte",
		"url":      "adresse",
	}
	phaseWords = map[string]string{
		"2018": "phase 1 (2018-2022)",
		"2023": "phase 2 (2023-2027)",
	}
	bodyWords = map[string]string{
		"binome":             "binôme",
		"comite-de-pilotage": "comité de pilotage",
		"comite-de-projet":   "comité de projet",
		"comite-regional":    "comité régional",
		"conseil":            "conseil",
		"gouvernance":        "gouvernance",
	}
	roleWords = map[string]string{
		"anime":               "anime",
		"chef-de-projet":      "chef de projet",
		"coordonne":           "coordonne",
		"copilote":            "copilote",
		"elu-referent":        "élu référent",
		"industriel-referent": "industriel référent",
		"pilote":              "pilote",
		"preside":             "préside",
		"referent":            "référent",
		"represente":          "représente",
	}
	holderWords = map[string]string{
		vigie.HolderFunction:     "fonction",
		vigie.HolderOrganisation: "organisation",
		vigie.HolderPerson:       "personne",
	}
	measureWords = map[string]string{
		"actions":         "actions",
		"communes":        "communes",
		"companies":       "entreprises",
		"contracts":       "contrats",
		"epci":            "intercommunalités",
		"funding":         "financements",
		"jobs":            "emplois",
		"measures":        "mesures",
		"pairs":           "binômes élu-industriel",
		"pilot-contracts": "contrats pilotes",
		"projects":        "projets",
		"territories":     "territoires",
	}
	unitWords = map[string]string{
		vigie.UnitCount: "nombre",
		vigie.UnitEuro:  "euros",
	}
	eventWords = map[string]string{
		"announcement":         "annonce",
		"call":                 "appel à candidatures ou à projets",
		"council":              "séance d'un conseil",
		"installation-meeting": "réunion d'installation",
		"launch":               "lancement",
		"meeting":              "réunion",
		"milestone":            "échéance",
		"signature":            "signature",
	}
	subjectWords = map[string]string{
		"contract":  "durée d'un contrat",
		"programme": "durée du dispositif",
	}
	themeWords = map[string]string{
		"attractivite":          "attractivité",
		"foncier":               "foncier",
		"formation":             "formation et compétences",
		"infrastructures":       "infrastructures",
		"innovation":            "innovation",
		"numerique":             "numérique",
		"recrutement":           "recrutement",
		"services-publics":      "services au public",
		"simplification":        "simplification",
		"transition-ecologique": "transition écologique",
	}
	scopeWords = map[string]string{
		vigie.RefCommune:     "commune",
		vigie.RefCountry:     "national",
		vigie.RefDepartement: "département",
		vigie.RefEPCI:        "intercommunalité",
		vigie.RefRegion:      "région",
		vigie.RefTerritory:   "territoire",
	}
	epciWords = map[string]string{
		"CA":    "communauté d'agglomération",
		"CC":    "communauté de communes",
		"CU":    "communauté urbaine",
		"EPT":   "établissement public territorial",
		"MET69": "métropole",
		"METRO": "métropole",
	}
)

// What a row rests on.
const (
	basisList   = "list"
	basisStated = "stated"
	basisBoth   = "stated-and-listed"
	basisKept   = "withdrawn-but-listed"
)

var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// word is the French of a code. A code that no table knows is shown as it is, not lost.
func word(words map[string]string, code string) string { return cmp.Or(words[code], code) }

// dateWords writes a date as far as it is known: 1er février 2019, février 2019, 2019,
// 1er février (année non précisée).
func dateWords(d vigie.Date) string {
	switch d.Precision() {
	case vigie.DayPrecision:
		t := d.First()
		return dayOfMonth(t.Day()) + " " + months[t.Month()-1] + t.Format(" 2006")
	case vigie.MonthPrecision:
		t := d.First()
		return months[t.Month()-1] + t.Format(" 2006")
	case vigie.YearlessPrecision:
		return yearless(string(d)) + " (année non précisée)"
	}
	return string(d)
}

// yearless reads --02-01 or --02, known to be well formed.
func yearless(s string) string {
	if t, err := time.Parse("--01-02", s); err == nil {
		return dayOfMonth(t.Day()) + " " + months[t.Month()-1]
	}
	t, _ := time.Parse("--01", s)
	return months[t.Month()-1]
}

// capitalised begins a sentence; with a file's name or an address it begins as they do.
func capitalised(s string) string {
	word, _, _ := strings.Cut(s, " ")
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || strings.ContainsAny(word, "./") {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

func dayOfMonth(n int) string {
	if n == 1 {
		return "1er"
	}
	return fmt.Sprint(n)
}

// unbroken are the places of our own sentences where French typography breaks no line.
var unbroken = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:", " ;", "\u00a0;", " %", "\u00a0%")

// slug folds a name for a file: Thèmes → themes, Provence-Alpes-Côte d'Azur → provence-alpes-cote-d-azur.
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r == 'œ':
			b.WriteString("oe")
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
