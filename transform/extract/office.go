package extract

import (
	"vigie"
	"vigie/internal/french"
)

// An office is what a person is, or what stands for a person that nobody names: "vice-
// présidente chargée de l'économie", "un élu".
type office struct {
	i, j    int // tokens, determiners excluded
	head    string
	class   officeClass
	former  bool // "l'ancien directeur"
	future  bool // "le futur chef de projet"
	generic bool // any one of a kind: "un élu", "des industriels"
}

// An officeClass says on which side of a binôme an office stands.
type officeClass int

const (
	otherOffice officeClass = iota
	elected
	industrial
	authority // of the State
)

// officeHeads are the nouns that offices begin with.
var officeHeads = map[string]officeClass{
	"acteur": industrial, "acteurs": industrial, "adjoint": elected, "adjointe": elected, "administrateur": otherOffice, "administratrice": otherOffice,
	"animateur": otherOffice, "animatrice": otherOffice, "ceo": industrial, "charge": otherOffice, "chargee": otherOffice, "chef": otherOffice, "cheffe": otherOffice,
	"chefs": otherOffice, "codirigeant": industrial, "cogerant": industrial, "commissaire": authority, "conseiller": elected, "conseillere": elected,
	"cofondateur": industrial, "cofondatrice": industrial, "copilote": otherOffice, "co-pilote": otherOffice, "coordinateur": otherOffice, "coordinatrice": otherOffice, "coordonnateur": otherOffice,
	"coordonnatrice": otherOffice, "coordonnatrices": otherOffice, "co-president": otherOffice, "co-presidente": otherOffice, "co-presidents": otherOffice, "copresidents": otherOffice, "copresident": otherOffice, "copresidente": otherOffice, "delegue": otherOffice, "deleguee": otherOffice,
	"depute": elected, "deputee": elected, "developpeur": otherOffice, "developpeuse": otherOffice, "dg": industrial, "dga": otherOffice, "dgs": otherOffice,
	"directeur": industrial, "directrice": industrial, "dirigeant": industrial, "dirigeante": industrial, "dirigeants": industrial, "elu": elected, "elue": elected,
	"elus": elected, "entrepreneur": industrial, "entrepreneure": industrial, "entrepreneuse": industrial, "fondateur": industrial, "fondatrice": industrial,
	"inspecteur": otherOffice, "inspectrice": otherOffice, "proviseur": otherOffice, "proviseure": otherOffice, "recteur": authority, "rectrice": authority, "gerant": industrial, "gerante": industrial, "industriel": industrial, "industrielle": industrial, "industriels": industrial, "maire": elected,
	"maire-president": elected, "maire-presidente": elected, "maires": elected, "manager": otherOffice, "manageuse": otherOffice, "ministre": authority, "ministres": authority,
	"patron": industrial, "patronne": industrial, "pdg": industrial, "pilote": otherOffice, "prefet": authority, "prefete": authority, "prefets": authority,
	"president": otherOffice, "presidente": otherOffice, "principal": otherOffice, "principale": otherOffice, "president-directeur": industrial, "presidente-directrice": industrial, "presidents": otherOffice, "referent": otherOffice, "referente": otherOffice,
	"representant": otherOffice, "representante": otherOffice, "representants": otherOffice, "responsable": otherOffice, "secretaire": authority,
	"senateur": elected, "senatrice": elected, "sous-prefet": authority, "sous-prefete": authority, "sous-prefets": authority,
	"vice-president": elected, "vice-presidente": elected, "vice-presidents": elected,
}

// genericHeads stand for any one of a kind unless a name follows.
var genericHeads = map[string]bool{
	"acteur": true, "acteurs": true, "chef": true, "chefs": true, "dirigeant": true, "elu": true, "elue": true, "elus": true, "entrepreneur": true,
	"industriel": true, "industriels": true, "industrielle": true, "maires": true, "dirigeants": true, "representant": true, "representants": true, "cheffe": true,
}

// adjectivalHeads are adjectives as well: they head an office after a determiner, a comma
// or the like only ("bassin industriel", "a été élu").
var adjectivalHeads = map[string]bool{
	"charge": true, "chargee": true, "copilote": true, "co-pilote": true, "delegue": true, "deleguee": true, "elu": true, "elue": true, "elus": true, "industriel": true, "industriels": true,
	"industrielle": true, "pilote": true, "referent": true, "principal": true, "principale": true, "referente": true, "responsable": true, "adjoint": true, "adjointe": true,
}

// officeAt reads the office whose first word, determiners passed, is token i.
func (p *Passage) officeAt(i int) (office, bool) {
	o := office{i: i}
	for k := i; k < len(p.Tokens); k++ {
		t := p.Tokens[k]
		switch t.Fold {
		case "ancien", "ancienne", "ex", "anciens":
			o.former = true
			continue
		case "futur", "future", "prochain", "prochaine":
			o.future = true
			continue
		case "actuel", "actuelle", "nouveau", "nouvel", "nouvelle", "premier", "premiere", "deuxieme", "troisieme", "quatrieme", "cinquieme", "jeune", "-":
			continue
		}
		if t.Kind == french.Numeral && ordinalWord(t) {
			continue
		}
		class, ok := officeHeads[t.Fold]
		if v, verb := p.verbAt(k); verb && v.form == finite && (determiners[p.foldAt(k+1)] || matchAt(manners, p.Tokens, k+1) > 0) {
			return office{}, false // "A, maire de X, pilote la démarche"
		}
		if !ok || k == i && adjectivalHeads[t.Fold] && !p.headMayStand(i) || t.Is("charge", "chargee") && !(p.foldAt(k+1) == "de" && p.foldAt(k+2) == "mission") || t.Is("acteur", "acteurs") && p.foldAt(k+1) != "industriel" && p.foldAt(k+1) != "economique" && p.foldAt(k+1) != "industriels" {
			return office{}, false
		}
		if t.Is("chef", "cheffe", "chefs") && !p.Tokens[min(k+1, len(p.Tokens)-1)].Is("de", "d'") {
			return office{}, false
		}
		o.head, o.class, o.j = t.Fold, class, p.phraseEnd(k+1)
		if at := p.pastDeterminers(o.j + 1); p.foldAt(o.j) == "a" && !genericHeads[t.Fold] || p.foldAt(o.j) == "a" && t.Is("chef", "cheffe") {
			if end := p.organisationAt(at); end > at {
				o.j = end
			}
		}
		o.generic = genericHeads[t.Fold] && !p.capitalIn(k+1, o.j)
		o.refine(p, k)
		return o, true
	}
	return office{}, false
}

func ordinalWord(t french.Token) bool {
	last := t.Fold[len(t.Fold)-1]
	return last < '0' || last > '9'
}

// headMayStand: a determiner, a comma, a number or nothing stands before token i.
func (p *Passage) headMayStand(i int) bool {
	if i == 0 || p.newCell(i) {
		return true
	}
	prev := p.Tokens[i-1]
	return determiners[prev.Fold] || prev.Kind == french.Numeral || prev.Is(",", ":", "(", ";", "/", "-", "–", "d'", "de", "et", "comme", "que", "titre", "tant", "respectivement", "par", "nomme", "nommee", "designe", "designee", "mission") || isQuote(prev)
}

// refine tells "chef d'entreprise" from "chef de projet", and the president of an
// intercommunalité from that of a company.
func (o *office) refine(p *Passage, head int) {
	switch o.head {
	case "chef", "cheffe", "chefs":
		if what := p.foldAt(head + 2); what == "entreprise" || what == "entreprises" {
			o.class = industrial
		} else {
			o.generic = false
		}
	case "president", "presidente", "presidents", "responsable":
		o.class = p.sideOf(head+1, o.j)
	case "directeur", "directrice":
		if p.sideOf(head+1, o.j) == elected {
			o.class = otherOffice // a collectivité's servant is neither
		}
	}
}

// sideOf tells what kind of body an office's complement names.
func (p *Passage) sideOf(i, j int) officeClass {
	for k := i; k < j; k++ {
		switch p.foldAt(k) {
		case "communaute", "agglomeration", "metropole", "departement", "region", "departemental", "departementale", "regional", "regionale", "intercommunalite", "conseil", "agglo", "pays", "petr", "commune", "ville":
			return elected
		case "societe", "groupe", "entreprise", "usine", "site", "medef", "uimm", "cci", "chambre", "fonderie", "industrie", "industries":
			return industrial
		}
		if end := p.officialEnd(k, isMember); end > k {
			return elected
		}
	}
	if p.capitalIn(i, j) {
		return industrial
	}
	return otherOffice
}

func (p *Passage) capitalIn(i, j int) bool {
	for k := i; k < j; k++ {
		if p.isCapital(k) && len(p.Tokens[k].Fold) > 1 {
			return true
		}
	}
	return false
}

// mayors and their like name a place or a State's office, not the body that they are of.
var noOrganisation = map[string]bool{
	"maire": true, "maires": true, "prefet": true, "prefete": true, "sous-prefet": true, "sous-prefete": true, "ministre": true, "ministres": true,
	"depute": true, "deputee": true, "senateur": true, "senatrice": true, "secretaire": true, "elu": true, "elue": true, "commissaire": true, "conseiller": true, "conseillere": true,
}

// companyNouns stand before a company's name without being part of it.
var companyNouns = map[string]bool{"societe": true, "entreprise": true, "groupe": true, "usine": true, "etablissements": true, "site": true, "ets": true}

// organisationOf is the body that an office is of, as stated: "PDG de Verralia" is of
// Verralia; the president of the conseil régional is of the Région.
func (p *Passage) organisationOf(o office) string {
	if p.presidesRegion(o) {
		return p.regionBody(o)
	}
	if noOrganisation[o.head] {
		return ""
	}
	if o.class != industrial && (o.head == "chef" || o.head == "cheffe" || o.head == "chefs" || o.head == "charge" || o.head == "chargee" || p.foldAt(o.i+2) == "projet") {
		return p.employerOf(o)
	}
	k := o.i
	for k < o.j && !p.Tokens[k].Is("de", "du", "des", "d'", "chez", "a", "au") {
		k++
	}
	k = p.pastDeterminers(k + 1)
	if k >= o.j {
		return ""
	}
	end := k
	for end < o.j && !p.Tokens[end].Is("charge", "chargee", "delegue", "deleguee", ",", "(") && !(p.Tokens[end].Is("en") && p.foldAt(end+1) == "charge") {
		end++
	}
	if companyNouns[p.Tokens[k].Fold] && p.capitalIn(k+1, end) {
		for k+1 < end && !p.isCapital(k) {
			k++
		}
	}
	if !p.capitalIn(k, end) && (p.organisationHead(k) == k || companyNouns[p.Tokens[k].Fold]) {
		return ""
	}
	return p.raw(k, end)
}

// employerOf is the body at which a chef de projet works: "à la communauté de communes".
func (p *Passage) employerOf(o office) string {
	for k := o.i + 3; k < o.j; k++ {
		if end := p.organisationAt(k); end > k && p.capitalIn(k, min(end, o.j)) {
			return p.raw(k, min(end, o.j))
		}
	}
	return ""
}

// presidesRegion: "président du conseil régional", "présidente de la Région".
func (p *Passage) presidesRegion(o office) bool {
	if o.head != "president" && o.head != "presidente" {
		return false
	}
	for k := o.i; k < min(o.j, o.i+6); k++ {
		if p.Tokens[k].Is("region") || p.Tokens[k].Is("regional") && p.foldAt(k-1) == "conseil" {
			return true
		}
	}
	return false
}

// regionBody names the Région that an office is of: the one it names, else the text's.
func (p *Passage) regionBody(o office) string {
	code := p.Doc.Region
	for _, n := range p.Names {
		if r, ok := p.regionOf(n); ok && n.Lo >= p.Tokens[o.i].Lo && n.Hi <= p.Tokens[o.j-1].Hi {
			code = r.ID
		}
	}
	return p.Doc.regionName(code)
}

// regionName is "Région Normandie", "" where the region is unknown.
func (d *Doc) regionName(code string) string {
	e, ok := d.gazetteer.Entity(vigie.Ref{Type: vigie.RefRegion, ID: code})
	if !ok || code == "" {
		return ""
	}
	return "Région " + e.Name
}
