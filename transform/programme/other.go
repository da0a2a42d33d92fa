package programme

import (
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed other-policies.yaml
var otherPolicies []byte

// OtherPolicies returns the cues of what stands beside the programmes in the same
// texts and is none of them: its money and its contracts are no facts of a programme.
func OtherPolicies() ([]string, error) {
	var all struct {
		Cues []string `yaml:"cues"`
	}
	if err := yaml.UnmarshalWithOptions(otherPolicies, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read other-policies.yaml: %s", yaml.FormatError(err, false, true))
	}
	return all.Cues, nil
}
