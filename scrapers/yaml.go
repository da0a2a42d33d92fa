package scrapers

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A yamlNode is a mapping in a YAML file, which knows where its fields stand.
type yamlNode struct {
	file string
	node ast.Node
}

func parseYAML(fsys fs.FS, name string) (yamlNode, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return yamlNode{}, err
	}
	return parseYAMLText(name, text)
}

func parseYAMLText(name string, text []byte) (yamlNode, error) {
	f, err := parser.ParseBytes(text, 0)
	if err != nil {
		return yamlNode{}, placed(name, err)
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		return yamlNode{}, fmt.Errorf("%s:1: want one YAML document, found %d", name, len(f.Docs))
	}
	return yamlNode{name, f.Docs[0].Body}, nil
}

// decode fills v from the node; a field that v does not have is an error.
func (n yamlNode) decode(v any) error {
	if err := yaml.NodeToValue(n.node, v, yaml.Strict()); err != nil {
		return placed(n.file, err)
	}
	return nil
}

// fault is an error about a field, such as discover[0].url; where the field is
// missing the line is that of the nearest one around it.
func (n yamlNode) fault(field, text string) error {
	if field != "" {
		text = field + ": " + text
	}
	return fmt.Errorf("%s:%d: %s", n.file, n.line(field), text)
}

func (n yamlNode) line(field string) int {
	for field != "" {
		if p, err := yaml.PathString("$." + field); err == nil {
			if found, err := p.FilterNode(n.node); err == nil && found != nil {
				return found.GetToken().Position.Line
			}
		}
		field = field[:max(0, strings.LastIndexAny(field, ".["))]
	}
	return firstLine(n.node)
}

// firstLine is that of a mapping's first key: the node's own token is its colon.
func firstLine(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0]
	}
	if v, ok := n.(*ast.MappingValueNode); ok {
		n = v.Key
	}
	return n.GetToken().Position.Line
}

// placed puts file and line before what the YAML library found wrong.
func placed(file string, err error) error {
	if e, ok := errors.AsType[yaml.Error](err); ok && e.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", file, e.GetToken().Position.Line, e.GetMessage())
	}
	return fmt.Errorf("%s: %w", file, err)
}
