package scrapers

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"time"

	"github.com/goccy/go-yaml/ast"

	"vigie"
)

// A Config is what those who run vigie settle, as their YAML file writes it:
//
//	contact: veille@example.org     # where webmasters reach us
//	db: vigie.db                    # a file, or postgres://…
//	out: rapports                   # where reports go
//	region: "28"                    # INSEE code of the reports' region
//	keep_free: 500                  # MiB of the database's disk that collecting leaves free
//	network:
//	  allow: [127.0.0.1/32]         # private networks that may be reached
//	  delay: 0s                     # between two requests, where a source states none
//	  budget: 2000                  # requests to one platform in a day, of all processes; none: no limit
//	sources:                        # without it: all that vigie knows
//	  - prefecture-orne             # one that vigie knows
//	  - id: notre-agence            # or one of one's own, written as in sources/*.yaml
//	    publisher: {name: Notre agence, kind: agence}
//	    home: https://agence.example/
//	    discover: [{method: feed, url: feed/}]
//
// Every field may be left out; an unknown one is an error.
type Config struct {
	Contact string
	DB      string
	Out     string
	Region  string
	Network Network
	Sources []vigie.Source // never empty

	KeepFree uint64 // bytes of the database's disk that collecting leaves free
}

// Network is how far and how fast requests go.
type Network struct {
	Allow []netip.Prefix
	Delay *time.Duration // nil: not stated

	Budget int // requests to one platform in a day; zero: no limit
}

type configYAML struct {
	Contact string      `yaml:"contact"`
	DB      string      `yaml:"db"`
	Out     string      `yaml:"out"`
	Region  string      `yaml:"region"`
	Network networkYAML `yaml:"network"`
	Sources []ast.Node  `yaml:"sources"`

	KeepFree *int64 `yaml:"keep_free"`
}

// defaultKeepFree is room for a report, for what is read meanwhile, and for the system.
const defaultKeepFree = 500 << 20

type networkYAML struct {
	Allow []string `yaml:"allow"`
	Delay string   `yaml:"delay"`

	Budget int `yaml:"budget"`
}

// LoadConfig reads the configuration at path. Errors name file, line and field, all
// of them at once.
func LoadConfig(path string) (Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Config{}, err
	}
	return ParseConfig(path, text)
}

// ParseConfig reads a configuration from text; name stands for it in errors.
func ParseConfig(name string, text []byte) (Config, error) {
	root, err := parseYAMLText(name, text)
	if err != nil {
		return Config{}, err
	}
	var y configYAML
	if err := root.decode(&y); err != nil {
		return Config{}, err
	}
	cfg := Config{Contact: y.Contact, DB: y.DB, Out: y.Out, Region: y.Region}
	var netErr, srcErr error
	cfg.Network, netErr = network(root, y.Network)
	cfg.Sources, srcErr = chosen(root, y.Sources)
	var roomErr error
	cfg.KeepFree, roomErr = keepFree(root, y.KeepFree)
	if err := errors.Join(netErr, srcErr, roomErr); err != nil {
		return Config{}, err
	}
	return cfg, nil
}

func keepFree(root yamlNode, mebibytes *int64) (uint64, error) {
	switch {
	case mebibytes == nil:
		return defaultKeepFree, nil
	case *mebibytes < 0 || *mebibytes > 1<<40:
		return 0, root.fault("keep_free", fmt.Sprintf("%d: want mebibytes, 0 for no limit", *mebibytes))
	}
	return uint64(*mebibytes) << 20, nil
}

func network(root yamlNode, y networkYAML) (Network, error) {
	var n Network
	var errs []error
	for i, text := range y.Allow {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			errs = append(errs, root.fault(fmt.Sprintf("network.allow[%d]", i), fmt.Sprintf("%q: want a network such as 127.0.0.1/32", text)))
			continue
		}
		n.Allow = append(n.Allow, p.Masked())
	}
	if y.Delay != "" {
		d, err := time.ParseDuration(y.Delay)
		if err != nil || d < 0 {
			errs = append(errs, root.fault("network.delay", fmt.Sprintf("%q: want a time such as 3s", y.Delay)))
		}
		n.Delay = &d
	}
	if y.Budget < 0 {
		errs = append(errs, root.fault("network.budget", fmt.Sprintf("%d: want a number of requests", y.Budget)))
	}
	n.Budget = y.Budget
	return n, errors.Join(errs...)
}

// chosen returns the sources that the configuration lists, in its order.
func chosen(root yamlNode, nodes []ast.Node) ([]vigie.Source, error) {
	known, err := Default()
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return known, nil
	}
	families, err := loadFamilies(embedded)
	if err != nil {
		return nil, err
	}
	var out []vigie.Source
	var errs []error
	lines := map[string]int{}
	for i, n := range nodes {
		field := fmt.Sprintf("sources[%d]", i)
		s, err := oneOf(root, field, n, known, families)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if line, twice := lines[s.ID]; twice {
			errs = append(errs, root.fault(field, fmt.Sprintf("%q is there already, on line %d", s.ID, line)))
			continue
		}
		lines[s.ID] = root.line(field)
		out = append(out, s)
	}
	return out, errors.Join(errs...)
}

// oneOf reads an element of the list: a known source's name, or a source.
func oneOf(root yamlNode, field string, n ast.Node, known []vigie.Source, families map[string]sourceYAML) (vigie.Source, error) {
	switch n := n.(type) {
	case *ast.StringNode:
		i := slices.IndexFunc(known, func(s vigie.Source) bool { return s.ID == n.Value })
		if i < 0 {
			return vigie.Source{}, root.fault(field, fmt.Sprintf("no source is called %q", n.Value))
		}
		return known[i], nil
	case *ast.MappingNode, *ast.MappingValueNode:
		return readSource(yamlNode{root.file, n}, "", families)
	}
	return vigie.Source{}, root.fault(field, "want a source's name, or a source with its id")
}
