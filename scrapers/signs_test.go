package scrapers

import (
	"errors"
	"fmt"
	"testing"

	"vigie"
	"vigie/scrapers/fetch"
)

// judged is the fault of a page of such a title, heading and prose.
func judged(title, heading, prose string) vigie.PageFault {
	if heading != "" {
		heading = "<h1>" + heading + "</h1>"
	}
	body := fmt.Sprintf("<!doctype html><html><head><title>%s</title></head><body><main>%s<p>%s</p></main></body></html>", title, heading, prose)
	r := &fetch.Response{Body: []byte(body), Capture: vigie.Capture{URL: "https://s.test/un", FinalURL: "https://s.test/un", MediaType: "text/html"}}
	door, _ := errors.AsType[*PageError](judge(r, "https://s.test/"))
	if door == nil {
		return ""
	}
	return door.Fault
}

// Short notices may say of forests, factories and counters what doors say of themselves.
func TestShortNoticesAreNoDoors(t *testing.T) {
	for title, prose := range map[string]string{
		"Canicule : accès interdit à la forêt domaniale": "Le préfet ferme la forêt au public de vendredi midi à dimanche soir, tant que le vent ne faiblit pas. Les riverains gardent leur passage.",
		"Accès interdit aux plages après la tempête":     "Trois cales sont rompues. La mairie demande de ne pas s'en approcher avant le passage des services de l'État, prévu mardi.",
		"Pont de la Vire - accès interdit":               "L'ouvrage est fermé aux poids lourds pour deux semaines, le temps de reprendre le tablier. Une déviation passe par la rocade.",
		"Accès refusé aux camions de plus de 19 tonnes":  "La traversée du bourg leur est fermée à partir du 3 mars. L'usine fera passer ses livraisons par la zone d'activités.",
		"Votre consentement pour le don d'organes":       "Une soirée d'information se tient jeudi à la salle des fêtes, avec l'équipe de l'hôpital. L'entrée est libre.",
		"Les vérifications avant d'accéder au site":      "Sur le chantier de la nouvelle ligne, chaque visiteur reçoit un casque et une consigne. Le préfet l'a rappelé aux entreprises.",
		"Une pause avant de continuer":                   "Le chantier de la halle s'arrête deux semaines. Les fouilles ont mis au jour un four de potier, et la région veut le relever.",
		"Caméras : le respect de votre vie privée":       "La commune tient à jour un registre des caméras posées à l'entrée de la zone industrielle. Il se consulte en mairie.",
		"Entreprises, identifiez-vous auprès de la CCI":  "Un annuaire des sous-traitants du territoire paraît en juin. Il suffit d'un appel pour y figurer.",
		"Un nouveau service d'authentification":          "Les agents de l'agglomération signeront leurs actes à distance dès la rentrée. Le contrat a été notifié à une entreprise locale.",
		"Double authentification requise en juin":        "Les exploitants qui déclarent leurs émissions en ligne recevront un code par message. La DREAL tient une permanence.",
		"Le design industriel à l'honneur":               "Dix objets nés dans les ateliers de la vallée sont exposés à la sous-préfecture jusqu'à la fin du mois.",
		"Un blog industriel pour les lycéens":            "Les élèves y racontent leurs visites d'usine. Le conseil de développement finance l'hébergement.",
		"Robotique : êtes-vous un robot, ou un artiste":  "Le festival revient à la friche avec douze machines qui dessinent. Les écoles sont attendues vendredi.",
		"Chimie : le site en maintenance jusqu'en mai":   "Des torchères seront visibles la nuit pendant l'arrêt des unités. L'exploitant a prévenu les communes voisines.",
		"A 84 : maintenance en cours des glissières":     "Une voie est neutralisée entre deux échangeurs, de nuit, jusqu'à vendredi. La direction des routes appelle à la prudence.",
		"Barrage : opération de maintenance en avril":    "Le niveau de la retenue baissera de deux mètres. La navigation est suspendue et la pêche reste permise en aval.",
		"Un second site en construction à l'est":         "Le fabricant de pompes bâtit un atelier de 4 000 mètres carrés. Il ouvrira au printemps avec trente salariés.",
		"Guichet temporairement indisponible lundi":      "Le point d'accueil de la sous-préfecture ferme pour travaux. Les dossiers se déposent à la mairie annexe.",
		"Cartes grises : service indisponible mercredi":  "Les centres agréés ne pourront pas transmettre de dossier entre midi et deux. Aucune démarche n'est perdue.",
		"Le bac est en cours de maintenance":             "Les passages reprendront samedi matin. D'ici là, les cars scolaires empruntent le pont amont.",
		"Le marché des potiers bientôt de retour":        "Quarante artisans s'installent dimanche sur les quais. La foire avait été annulée deux années de suite.",
		"Nous revenons bientôt, disent les forains":      "La fête foraine quitte la place pour les travaux du tramway. La ville cherche un terrain pour l'automne.",
		"Viticulture : le domaine est à vendre":          "La propriété de douze hectares cherche un repreneur. La société d'aménagement foncier reçoit les candidats.",
		"Ouest : trafic":                                 "Un trafic inhabituel est attendu samedi sur la rocade, au retour du salon de l'industrie. Bison futé voit rouge dans le sens des retours.",
		"Volcanologie":                                   "Une activité inhabituelle a été relevée par les capteurs de l'ancienne mine. Les galeries sont fermées aux visiteurs jusqu'à nouvel ordre.",
		"Une candidature commune":                        "Nous et nos partenaires déposons un dossier commun au titre du programme, ont annoncé les deux présidents. La réponse est attendue en mars.",
		"Stocks":                                         "Avec nos partenaires stockons l'eau de pluie : le syndicat distribue cent cuves aux entreprises du territoire qui en font la demande.",
		"Aciers":                                         "Nos partenaires et nous utilisons de l'acier refondu, explique le directeur de la fonderie, qui a reçu le préfet mardi avec les élus.",
		"Compromis":                                      "Il fallait accepter et continuer, dit le maire de la décision du tribunal. Le lotissement sera repris autrement, avec moins de voirie et plus d'arbres.",
		"Raffinerie":                                     "Le site est en maintenance depuis lundi, indique l'exploitant. Des odeurs peuvent se sentir jusqu'au bourg ; les mesures faites par la région n'ont rien d'anormal.",
		"Entrée nord":                                    "Le portail est actuellement en maintenance : les visiteurs de la zone portuaire passent par l'entrée sud, ouverte de six heures à vingt heures, avec leur badge.",
		"Centre de vaccination":                          "Le site est temporairement indisponible, faute de chauffage. Les rendez-vous de la semaine sont honorés au gymnase, précise l'agence régionale de santé.",
		"Enquête":                                        "Une erreur critique sur ce site classé est à l'origine de la fuite, selon l'inspection. L'exploitant a quinze jours pour remettre son rapport au préfet.",
		"Foncier":                                        "Le domaine est réservé aux entreprises du territoire d'industrie, ont rappelé les élus. Six parcelles restent à prendre le long de la voie ferrée.",
		"Littoral":                                       "Ce domaine est réservé aux oiseaux de janvier à mars. Les promeneurs suivent le sentier haut, que le département a fait baliser à neuf cet automne.",
		"Château":                                        "Ce domaine est à vendre depuis un an. La commune y verrait un centre de formation aux métiers de l'industrie, et attend la réponse de la région pour se décider.",
		"Baux":                                           "Le bail du domaine a expiré en décembre. Le haras déménage dans l'ancienne caserne, que l'agglomération lui loue pour neuf ans.",
		"Déminage":                                       "Finalement, rien n'a été trouvé à cet emplacement, et les habitants sont rentrés chez eux dans la soirée. La gare avait été évacuée à la mi-journée.",
		"Quand une page n'existe plus":                   "Les archives du département montrent samedi les feuillets que l'inondation a emportés, et comment on les a recopiés.",
		"L'article introuvable des cahiers de 1789":      "Une étudiante l'a retrouvé dans une reliure. Il demandait un port pour la ville, et l'exemption de l'octroi.",
		"Félicitations ! Votre domaine est classé":       "Le jury du label a rendu ses notes : le parc de la commune y entre avec trois étoiles, comme deux jardins voisins.",
	} {
		for name, page := range map[string][2]string{"with a heading": {title + " - Les services de l’État", title}, "without": {title + " | Agglo", ""}} {
			if title == "Pont de la Vire - accès interdit" && page[1] == "" {
				continue // of which nothing tells it from a door
			}
			if fault := judged(page[0], page[1], prose); fault != "" {
				t.Errorf("%s, %s: it is %s", title, name, fault)
			}
		}
	}
}

// Doors as publishers' software words them, which the words of a notice do not hide.
func TestDoorsByTheirNames(t *testing.T) {
	for _, tt := range []struct {
		title, heading, prose string
		want                  vigie.PageFault
	}{
		{"Accès refusé | Préfecture", "", "Vous n'avez pas l'autorisation de voir cette page.", vigie.FaultChallenge},
		{"Agglo – Accès interdit", "", "Votre adresse est bloquée. Référence 18.2f3.", vigie.FaultChallenge},
		{"Agglo", "Accès\n refusé !", "Contactez l'administrateur du site.", vigie.FaultChallenge},
		{"Erreur : accès interdit", "", "Incident 12.", vigie.FaultChallenge},
		{"Vérification", "Confirmez que vous n’êtes pas un robot", "Cochez la case.", vigie.FaultChallenge},
		{"Un instant", "", "Nous avons détecté un trafic inhabituel en provenance de votre réseau.", vigie.FaultChallenge},
		{"Journal", "Avant de continuer", "Nous utilisons des traceurs pour financer nos contenus.", vigie.FaultConsent},
		{"Avant de continuer vers le journal", "", "Choisissez.", vigie.FaultConsent},
		{"Journal", "", "Nos 320 partenaires et nous utilisons des technologies telles que les cookies.", vigie.FaultConsent},
		{"Journal", "", "Nos partenaires stockons et/ou accédons à des informations sur un terminal.", vigie.FaultConsent},
		{"Identifiez-vous - Extranet", "", "Mot de passe perdu ?", vigie.FaultLogin},
		{"Sign in to your account", "", "Can't access your account?", vigie.FaultLogin},
		{"Log in · Agglo", "", "", vigie.FaultLogin},
		{"Site en maintenance", "Agglo", "Une mise à jour est en cours.", vigie.FaultMaintenance},
		{"Agglo | Service temporairement indisponible", "", "Revenez plus tard.", vigie.FaultMaintenance},
		{"Agglo", "Maintenance en cours…", "Le site sera de nouveau accessible lundi matin.", vigie.FaultMaintenance},
		{"Agglo", "", "Ce site est en maintenance. Merci de revenir ultérieurement.", vigie.FaultMaintenance},
		{"Agglo", "", "Le site est actuellement en maintenance. Merci de revenir plus tard. Nous vous prions d'excuser la gêne que cela vous cause, et restons joignables par téléphone.", vigie.FaultMaintenance},
		{"Agglo", "", "Notre site internet est actuellement en maintenance.", vigie.FaultMaintenance},
		{"exemple.test", "", "Ce domaine est réservé.", vigie.FaultParked},
		{"exemple.test", "", "Ce nom de domaine est réservé par un client de notre hébergement.", vigie.FaultParked},
		{"Félicitations ! Votre domaine a bien été créé chez nous !", "", "Vous pouvez publier votre site.", vigie.FaultParked},
		{"Agglo", "Cette page n’existe plus", "Retour à l'accueil.", vigie.FaultSoft404},
		{"Article introuvable | Journal", "Article introuvable", "Retour à l'accueil.", vigie.FaultSoft404},
	} {
		if got := judged(tt.title, tt.heading, tt.prose); got != tt.want {
			t.Errorf("%q, %q: %q, want %s", tt.title, tt.heading, got, tt.want)
		}
	}
}
