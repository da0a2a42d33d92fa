package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

type sourceNoteCmd struct {
	configFlags `embed:""`
	ID          string `arg:"" help:"The source whose webmaster asks."`
}

// Run prints, in French, what one may send to the webmaster of a source: who reads his
// site, what, how often, and how to have it stopped.
func (c *sourceNoteCmd) Run(s *session) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(cfg.Sources, func(src vigie.Source) bool { return src.ID == c.ID })
	if i < 0 {
		return misusef("source %q: there is none of that name: vigie source list shows them", c.ID)
	}
	client, err := s.client(cfg, nil)
	if err != nil {
		return err
	}
	return sourceNote.Execute(s.results, noteOf(cfg.Sources[i], client, cfg.Contact))
}

// A note is what the text names.
type note struct {
	vigie.Source
	Agent, Contact, Pause string
	Asked                 []string // lists and pages, as their addresses say or in words
}

func noteOf(src vigie.Source, client *fetch.Client, contact string) note {
	n := note{Source: src, Agent: client.Agent, Contact: contact, Pause: seconds(cmp.Or(src.Delay, client.Delay))}
	for _, d := range src.Discover {
		asked := noteMethods[d.Method]
		for _, address := range slices.Concat([]string{d.URL}, d.URLs) {
			if address != "" {
				asked += " " + address
			}
		}
		n.Asked = append(n.Asked, asked)
	}
	return n
}

// noteMethods say what is asked for, by the method of discovery.
var noteMethods = map[string]string{
	"datagouv":     "la fiche du jeu de données",
	"feed":         "le fil d'actualité",
	"listing":      "la liste d'actualités",
	"opendatasoft": "l'interface des données ouvertes",
	"pages":        "les pages",
	"sitemap":      "le plan du site",
	"wordpress":    "l'interface de WordPress",
}

func seconds(d time.Duration) string {
	return strings.Replace(fmt.Sprintf("%g s", d.Seconds()), ".", ",", 1)
}

var sourceNote = template.Must(template.New("note").Funcs(template.FuncMap{"join": strings.Join}).Parse(`Qui lit {{or .Home "votre site"}}, et comment

vigie relève, chaque nuit, ce que des sources publiques annoncent des dispositifs nationaux de labellisation des territoires
(Territoires d'industrie, Petites villes de demain…), pour des agents qui vérifient chaque fait à sa source.

Qui nous sommes
  Le programme se présente ainsi à chaque requête : {{.Agent}}
  À qui écrire : {{.Contact}}

Ce que nous demandons à votre site ({{.Publisher.Name}})
{{- if .Disabled}}
  Rien : cette source n'est pas lue ({{.Disabled}}).
{{- else}}
{{- range .Asked}}
  - {{.}}
{{- end}}
{{- if .Keywords}}
  puis les pages annoncées dont le titre, l'adresse ou le résumé contient : {{join .Keywords ", "}}.
{{- else}}
  puis les pages qui y sont annoncées.
{{- end}}
{{- with .Hosts}}
  Ses pages sont cherchées aussi sur : {{join . ", "}}.
{{- end}}
{{- end}}

À quel rythme
  Une requête à la fois, {{.Pause}} au moins après la précédente, ou le délai que demande votre robots.txt s'il est plus long.
  Ce qui n'a pas changé n'est pas renvoyé (ETag, Last-Modified). Un site qui refuse trois fois de suite est laissé en paix
  20 heures, puis plus longtemps, jusqu'à une semaine ; un Retry-After est respecté, une semaine au plus.
  Aucun cookie n'est gardé d'une page à l'autre ; ni mot de passe, ni formulaire.

Ce que nous gardons
  La page telle qu'elle a été reçue, comme preuve, non publiée ; les phrases qui énoncent un fait, avec leur adresse et leur date.
  Les citations d'un organe de presse sont limitées à 200 caractères dans tout ce qui est livré.
  Une réserve de fouille (tdmrep.json, tdm-reservation) est lue et gardée ; la presse, une agence ou une association qui l'exprime
  n'est pas lue, sauf accord. Les documents des organismes publics le sont : ils sont réutilisables (CRPA, art. L.321-1).

Ce que vous pouvez faire
  - Nous fermer votre site, ou une partie, par son robots.txt ; il est relu chaque jour :
      User-agent: vigie
      Disallow: /
  - Demander un délai plus long par Crawl-delay.
  - Nous écrire : {{.Contact}}
`))
