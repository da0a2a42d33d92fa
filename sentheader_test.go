package vigie

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzSentHeader: whatever bytes a value has, JSON gives them back; of what is UTF-8 already it
// is the plain text.
func FuzzSentHeader(f *testing.F) {
	for _, v := range []string{"", "utf-8 é", "latin-1 \xe9", "\xff\x00\x80", "\uef80", "\uefff\xef\xbe", "\ufffd", "\xed\xa0\x80"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, value string) {
		want := Capture{URL: "https://a.example/", Header: map[string][]string{"Plain": {"é"}, "X": {"a", value}}}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Capture
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: (-want +got):\n%s", value, diff)
		}
		var header SentHeader
		if text, err = json.Marshal(SentHeader(want.Header)); err == nil {
			err = json.Unmarshal(text, &header)
		}
		if diff := cmp.Diff(SentHeader(want.Header), header); err != nil || diff != "" {
			t.Errorf("%q alone: %v (-want +got):\n%s", value, err, diff)
		}
	})
}
