package scrapers

import (
	"bytes"
	"net/http"
	"strings"

	"vigie/scrapers/fetch"
)

// isPage reports a web page: by its body, or by what its header says where the body does not
// say otherwise. All that judge and read pages go by it.
func isPage(r *fetch.Response) bool {
	return isHTML(r.Body) || strings.Contains(r.Capture.MediaType, "html") && strings.HasPrefix(http.DetectContentType(r.Body), "text/")
}

// isHTML reports whether a body is a web page, whatever its headers say.
func isHTML(body []byte) bool {
	head := firstMark(body)
	return begins(head, "<!doctype html") || begins(head, "<html")
}

// firstMark is a body from its first tag on: publishers' software signs its pages in a comment
// before it.
func firstMark(body []byte) []byte {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	for {
		body = bytes.TrimLeft(body, " \t\r\n\f")
		end := ""
		switch {
		case begins(body, "<!--"):
			end = "-->"
		case begins(body, "<?"):
			end = "?>"
		default:
			return body
		}
		_, rest, closed := bytes.Cut(body, []byte(end))
		if !closed {
			return body
		}
		body = rest
	}
}

func begins(body []byte, with string) bool {
	return len(body) >= len(with) && bytes.EqualFold(body[:len(with)], []byte(with))
}
