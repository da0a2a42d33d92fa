package programme

import (
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed themes.yaml
var themes []byte

// Themes returns the cues of each theme's code.
func Themes() (map[string][]string, error) {
	var all struct {
		Themes map[string][]string `yaml:"themes"`
	}
	if err := yaml.UnmarshalWithOptions(themes, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read themes.yaml: %s", yaml.FormatError(err, false, true))
	}
	return all.Themes, nil
}
