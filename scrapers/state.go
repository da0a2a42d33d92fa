package scrapers

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"

	"vigie"
	"vigie/internal/guard"
	"vigie/scrapers/fetch"
)

// state is how the source ended its turn.
func (t *turn) state() vigie.SourceState {
	got := t.run.New + t.run.Changed + t.run.Same
	nothing := !t.worked || t.run.Failed > 0 && got == 0
	switch {
	case t.changed || t.outOfSize():
		return vigie.StateChanged
	case nothing && errors.Is(t.first, vigie.ErrBlocked):
		return vigie.StateBlocked
	case nothing && errors.Is(t.first, ErrBrowser):
		return vigie.StateBrowser
	case nothing && t.isGone(): // the site is there, what its file declares is not
		return vigie.StateChanged
	case nothing:
		return vigie.StateUnreachable
	case t.run.New+t.run.Changed == 0:
		return vigie.StateQuiet
	}
	return vigie.StateOK
}

// isGone reports a site that answers and no longer has what its file declares, or shows
// one page for any address. A page that a listing names and that is missing is less.
func (t *turn) isGone() bool {
	_, isDoor := errors.AsType[*PageError](t.first)
	return errors.Is(t.first, vigie.ErrNotFound) && (!t.worked || isDoor)
}

// A source whose listing shrinks below a third of its usual size, or swells past five
// times, is another than its file declares. Small ones vary too much to tell.
const (
	sizeable  = 10
	shrinking = 3
	swelling  = 5
)

// outOfSize reports a listing far from its usual size, and says so.
func (t *turn) outOfSize() bool {
	usual := t.c.Usual[t.source.ID]
	found := t.run.Found
	if usual < sizeable || !t.worked || shrinking*found >= usual && found <= swelling*usual {
		return false
	}
	if t.run.Error == "" {
		t.run.Error = fmt.Sprintf("liste de %d liens au lieu de %d d'ordinaire : revoir la fiche de la source (adresse, item)", found, usual)
	}
	return true
}

// outcome gathers the runs. Where several sources were tried and none of them answered
// at all, it is our network that is down, and not theirs.
func outcome(turns []turn) []vigie.SourceRun {
	runs := make([]vigie.SourceRun, 0, len(turns))
	answered := false
	for _, t := range turns {
		if t.run.Source == "" { // its turn never came
			continue
		}
		answered = answered || t.site.answered || t.run.State != vigie.StateUnreachable
		runs = append(runs, t.run)
	}
	if !answered && len(runs) > 1 {
		for i := range runs {
			runs[i].State = vigie.StateNetwork
		}
	}
	return runs
}

// advice says, for those who read the report, what an error means and what to do.
func advice(err error) string {
	var status *fetch.StatusError
	var resting *fetch.RestingError
	door, isDoor := errors.AsType[*PageError](err)
	text := "réponse illisible : vérifier l'adresse dans la fiche de la source"
	_, network := errors.AsType[net.Error](err)
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case errors.As(err, &resting) && resting.Spent:
		text = "le budget de requêtes du site est dépensé pour la journée : la suite viendra avec la prochaine collecte"
	case errors.As(err, &resting) && resting.Is(vigie.ErrBlocked):
		text = "le site nous a refusés plusieurs fois de suite : laissé en paix, réessai sans intervention à la date dite"
	case resting != nil:
		text = "le site demande de revenir plus tard : réessai sans intervention"
	case errors.Is(err, ErrMoved):
		text = "la source mène à un autre domaine : rien n'y a été lu tant que sa fiche ne le nomme pas (hosts ou home)"
	case errors.Is(err, ErrChanged):
		text = "la source a changé de forme : revoir sa fiche (adresse, item)"
	case errors.Is(err, ErrBrowser):
		text = "page vide sans navigateur : chercher un flux ou une API du même site"
	case isDoor && errors.Is(err, vigie.ErrBlocked):
		text = "une porte (vérification, consentement ou connexion) remplace la page : passer par un flux ou des données ouvertes"
	case isDoor && door.Fault == vigie.FaultMaintenance:
		text = "le site est en maintenance : réessai à la prochaine collecte"
	case errors.As(err, &status) && errors.Is(err, vigie.ErrBlocked):
		text = "le site refuse l'accès : demander à l'éditeur, ou passer par un flux ou des données ouvertes"
	case errors.Is(err, vigie.ErrBlocked):
		text = "le robots.txt du site interdit cette page : demander à l'éditeur, ou passer par un flux"
	case errors.Is(err, vigie.ErrNotFound):
		text = "page absente : vérifier l'adresse dans la fiche de la source"
	case errors.Is(err, vigie.ErrTooLarge):
		text = "réponse plus grande que la limite : rien n'en a été gardé"
	case errors.Is(err, fetch.ErrElsewhere):
		text = "la page mène à un autre site : l'ajouter à hosts dans la fiche s'il est de la même source"
	case errors.Is(err, guard.ErrRefused):
		text = "adresse privée refusée : l'ajouter à network.allow si elle est voulue"
	case status != nil:
		text = "le site répond par une erreur : réessai à la prochaine collecte"
	case certificate:
		text = "le certificat du site n'est pas valable : prévenir l'éditeur"
	case network, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		text = "le site ne répond pas : réessai à la prochaine collecte"
	}
	return fmt.Sprintf("%s (%v)", text, err)
}
