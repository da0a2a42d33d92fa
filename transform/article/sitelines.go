package article

import (
	"regexp"
	"strings"

	"vigie/internal/french"
)

// What sites write around articles in so many words, folded. Headings announce what
// follows them; lines stand for themselves.

// longestAnnouncement is the most bytes that a heading of the lists below has.
const longestAnnouncement = 60

// announcements are headings, folded, of what is no part of an article.
var announcements = phrases(
	"a decouvrir aussi", "a la une", "a lire aussi", "a lire egalement", "a telecharger", "a voir aussi",
	"abonnez-vous", "abonnez-vous a la newsletter", "actualites associees", "actualites liees", "actualites recentes",
	"actualites similaires", "articles associes", "articles connexes", "articles lies", "articles recents",
	"articles similaires", "autres actualites", "autres articles", "autres publications", "cela peut vous interesser",
	"cela pourrait vous interesser", "ces articles peuvent vous interesser", "commentaires",
	"consulter aussi", "contact presse", "contacts presse", "contenus associes", "dans la meme categorie",
	"dans la meme rubrique", "dans la meme thematique", "derniers articles", "dernieres actualites",
	"dernieres nouvelles", "derniers communiques", "documents a telecharger", "documents associes", "documents joints", "documents lies",
	"en lien avec cet article", "fichiers joints", "inscrivez-vous a la newsletter", "la newsletter",
	"laisser un commentaire", "laissez un commentaire", "les plus consultes", "les plus lus", "lettre d'information", "lire aussi",
	"lire egalement", "liens utiles", "mots-cles", "newsletter", "nos dernieres actualites", "nos derniers articles",
	"partager", "partager cet article", "partager cette actualite", "partager cette page", "partager l'article",
	"partager la page", "partager sur", "partagez", "partagez cet article", "partagez l'article", "pieces jointes", "plus d'actualites",
	"pour ne rien manquer", "publicite", "publications similaires", "reagir", "rechercher", "rester informe", "restez informes", "sur le meme sujet",
	"sur le meme theme", "suivez-nous", "suivez-nous sur les reseaux sociaux", "tags", "telecharger", "telechargements", "toute l'actualite", "toute l'actu",
	"toutes les actualites", "voir aussi", "vous aimerez aussi", "vous aimerez peut-etre", "vous pourriez aimer",
	"vous pourriez aussi aimer", "vous pourriez etre interesse par", "etiquettes", "related posts", "related articles",
	"share this", "leave a reply", "leave a comment", "laisser une reponse", "laissez une reponse", "annuler la reponse", "poster un commentaire")

func phrases(list ...string) map[string]bool {
	all := map[string]bool{}
	for _, p := range list {
		all[p] = true
	}
	return all
}

// announcesSite reports whether a line announces what is no part of the article.
func announcesSite(line string) bool {
	if len(line) > longestAnnouncement {
		return false
	}
	s := strings.Trim(french.Fold(line), " :.…>»-–!?•+")
	if announcements[s] {
		return true
	}
	s = strings.TrimLeft(s, "0123456789() ")
	return s == "commentaire" || s == "commentaires" || s == "reactions"
}

var siteLine = regexp.MustCompile(`^(?:` +
	`publicite|advertisement|partager|imprimer|retour|haut de page|retour en haut(?: de page)?|retour a la liste|` +
	`(?:partager|tweeter|envoyer|suivre|suivez-nous) (?:sur|par|a|cet?|cette) .{0,30}|tweeter|tweet|facebook|twitter|linkedin|whatsapp|` +
	`e-?mail|courriel|copier le lien|copier dans le presse-papier|ecouter(?: l'article)?|agrandir l'image|voir en plein ecran|` +
	`(?:temps de )?lecture ?:? ?\d+ ?(?:min|mn|minutes?)?|\d+ ?min(?:utes?)? de lecture|\d+ (?:vues?|commentaires?|partages?)|` +
	`(?:>+ ?)?(?:a )?(?:lire|voir|lire et voir) (?:aussi|egalement|notre article|notre dossier)\b.*|` +
	`(?:credits?|copyright|©|photos?) ?(?:photos?)? ?[:©].{0,80}|© ?.{0,60}|` +
	`(?:lire|voir) la suite|en images|diaporama|versions? imprimables?|version pdf|reserve aux abonnes|article reserve aux abonnes|` +
	`il vous reste \d+ ?% .*|je m'abonne|s'abonner|abonnez-vous\b.*|deja abonnee? ?\??.*|offre limitee\b.*|identifiez-vous|se connecter|s'identifier|s'inscrire` +
	`)$`)

// isSiteLine reports whether a line is a site's, not the article's, wherever it stands.
func isSiteLine(s string) bool {
	if strings.Contains(s, "{{") && strings.Contains(s, "}}") {
		return true // what a script would have filled in
	}
	if len(s) > 200 {
		return false
	}
	folded := strings.Trim(french.Fold(s), " .:>»›←→↑-|")
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(folded, " - ", "|"), func(r rune) bool { return r == '|' }) {
		if part = strings.TrimSpace(part); part != "" && !siteLine.MatchString(part) && !announcements[part] {
			return false
		}
	}
	return folded != ""
}
