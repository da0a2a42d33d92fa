package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

var errHeader = errors.New("header beyond all measure")

// readLine returns the next line without its end, CRLF or LF. A last line without an end
// is a line; after it comes io.EOF.
func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		return "", fmt.Errorf("line of more than %d bytes: %w", len(line), errHeader)
	}
	if err == io.EOF && len(line) > 0 {
		err = nil
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"), err
}

// readFields reads "Name: value" lines up to an empty one, which it takes, or up to the
// end, which it reports. A line that begins with white space continues the value before
// it; one without a colon says nothing and is passed over.
func readFields(r *bufio.Reader) ([]Field, error) {
	var fields []Field
	for range maxFields {
		line, err := readLine(r)
		if err != nil || line == "" {
			return fields, err
		}
		if folded := strings.TrimLeft(line, " \t"); folded != line && len(fields) > 0 {
			last := &fields[len(fields)-1]
			last.Value = strings.Trim(last.Value+" "+folded, " \t")
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		fields = append(fields, Field{strings.TrimSpace(name), strings.Trim(value, " \t")})
	}
	return nil, fmt.Errorf("more than %d lines: %w", maxFields, errHeader)
}

// skipBlank passes over line ends.
func skipBlank(r *bufio.Reader) error {
	for {
		b, err := r.ReadByte()
		if err != nil {
			return err
		}
		if b != '\r' && b != '\n' {
			return r.UnreadByte()
		}
	}
}
