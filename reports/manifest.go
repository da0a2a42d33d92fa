package reports

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"vigie"
)

// manifest names the file that says of which edition a day's folder holds the files.
func (s Shelf) manifest() string { return "manifeste-" + slug(s.Region.Name) + ".json" }

// A manifest is that file: what made the files, and their digests.
type manifest struct {
	Edition  string              `json:"edition"`
	Region   string              `json:"region"`
	Day      vigie.Date          `json:"jour"`
	Known    string              `json:"connu"`
	State    string              `json:"etat"`
	Version  string              `json:"vigie"`
	Rules    string              `json:"regles"`
	Lists    string              `json:"tables_officielles"`
	Baseline string              `json:"comparee_a,omitempty"`
	Reasons  []string            `json:"raisons,omitempty"`
	Accepted *acceptance         `json:"acceptee,omitempty"`
	Files    []map[string]string `json:"fichiers"`
}

type acceptance struct {
	By  string `json:"par"`
	Why string `json:"parce_que"`
}

func manifestOf(e vigie.Edition, region vigie.Entity) (string, error) {
	m := manifest{
		Edition: e.ID, Region: region.Name, Day: e.Day, Known: e.Known.UTC().Format("2006-01-02T15:04:05.000000Z"), State: "publiée",
		Version: e.Version, Rules: e.Rules, Lists: e.Lists, Baseline: e.Baseline, Reasons: e.Reasons,
	}
	if len(e.Reasons) > 0 && e.Accepted == (vigie.Acceptance{}) {
		m.State = "refusée"
	}
	if e.Accepted != (vigie.Acceptance{}) {
		m.Accepted = &acceptance{e.Accepted.By, e.Accepted.Why}
	}
	for _, f := range e.Files {
		m.Files = append(m.Files, map[string]string{"nom": f.Name, "sha256": f.Digest})
	}
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(m)
	return text.String(), err
}

// Holds reports whether the folder of a day holds the files of an edition.
func (s Shelf) Holds(folder, edition string) bool {
	text, err := os.ReadFile(filepath.Join(s.Out, folder, s.manifest()))
	var m manifest
	return err == nil && json.Unmarshal(text, &m) == nil && m.Edition == edition
}
