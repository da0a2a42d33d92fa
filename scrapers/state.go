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
	if t.run.Error == "" && t.site.moved != "" {
		t.run.Error = fmt.Sprintf("la source a déménagé vers %s : l'écrire dans hosts ou home de sa fiche", t.site.moved)
	}
	got := t.run.New + t.run.Changed + t.run.Same
	switch {
	case t.changed:
		return vigie.StateChanged
	case (!t.worked || t.run.Failed > 0 && got == 0) && errors.Is(t.first, vigie.ErrBlocked):
		return vigie.StateBlocked
	case !t.worked || t.run.Failed > 0 && got == 0:
		return vigie.StateUnreachable
	case t.run.New+t.run.Changed == 0:
		return vigie.StateQuiet
	}
	return vigie.StateOK
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
	text := "réponse illisible : vérifier l'adresse dans la fiche de la source"
	_, network := errors.AsType[net.Error](err)
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case errors.Is(err, ErrChanged):
		text = "la source a changé de forme : revoir sa fiche (adresse, item)"
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
