package scrapers

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"vigie"
	"vigie/internal/guard"
	"vigie/scrapers/fetch"
)

// tellNotes tells of what failed nothing.
func (t *turn) tellNotes() {
	for _, err := range t.notes {
		t.run.Error = strings.TrimPrefix(t.run.Error+" ; "+advice(err, t.source.ID), " ; ")
		t.c.log().Warn("source needs a look", "source", t.source.ID, "err", err)
		t.c.tell(Event{Source: t.source.ID, Step: StepNote, Err: err, Run: t.run})
	}
}

// advice says, for those who read the report, what an error of a source's means and what to do.
func advice(err error, source string) string {
	if away, ok := errors.AsType[*AwayError](err); ok {
		return away.advice()
	}
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
		text = "le site nous a refusés plusieurs fois de suite : laissé en paix, réessai sans intervention à la date dite" + elsewhere(source)
	case resting != nil:
		text = "le site demande de revenir plus tard : réessai sans intervention"
	case errors.Is(err, ErrMoved):
		text = "la source mène à un autre domaine : rien n'y a été lu tant que sa fiche ne le nomme pas (hosts ou home)"
	case errors.Is(err, ErrShort):
		text = "les listes vont plus loin que ce qui en est lu : choisir une période plus courte, ou relever max_pages dans la fiche"
	case errors.Is(err, ErrVoid):
		text = "la liste est vide : vérifier son adresse dans la fiche de la source"
	case errors.Is(err, ErrChanged):
		text = "la source a changé de forme : revoir sa fiche (adresse, item)"
	case errors.Is(err, ErrBrowser):
		text = "page vide sans navigateur : chercher un flux ou une API du même site"
	case isDoor && errors.Is(err, vigie.ErrBlocked), errors.As(err, &status) && status.Note != "":
		text = "une porte (vérification, consentement ou connexion) remplace la page : passer par un flux ou des données ouvertes" + elsewhere(source)
	case isDoor && door.Fault == vigie.FaultMaintenance:
		text = "le site est en maintenance : réessai à la prochaine collecte"
	case errors.As(err, &status) && errors.Is(err, vigie.ErrBlocked):
		text = "le site refuse l'accès : demander à l'éditeur, ou passer par un flux ou des données ouvertes" + elsewhere(source)
	case errors.Is(err, vigie.ErrBlocked):
		text = "le robots.txt du site interdit cette page : demander à l'éditeur, ou passer par un flux"
	case errors.Is(err, vigie.ErrNotFound):
		text = "page absente : vérifier l'adresse dans la fiche de la source"
	case isDoor && door.Fault == vigie.FaultBomb:
		text = "page démesurée : gardée comme preuve, non lue"
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
	return fmt.Sprintf("%s (%s)", text, place(err))
}

// elsewhere is where the pages of a site that refuses us may be had. What its robots.txt
// closes is not looked for behind its back.
func elsewhere(source string) string {
	return " ; ses pages passées sont peut-être dans une archive publique : vigie backfill --via wayback --since AAAA-MM --source " + source
}

// place is where an error struck, and with which answer. What has no French here is told
// as the log tells it.
func place(err error) string {
	text := strings.TrimPrefix(err.Error(), "get ")
	text = strings.TrimSuffix(text, ": "+ErrVoid.Error())
	if door, ok := errors.AsType[*PageError](err); ok {
		return door.Response.Capture.FinalURL
	}
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		if address, _, ok := strings.Cut(text, ": "+status.Error()); ok {
			return fmt.Sprintf("%s : réponse %d", address, status.Status)
		}
	}
	return text
}
