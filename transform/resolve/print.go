package resolve

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"

	"vigie/internal/french"
)

// A Print is what tells that two texts are one: the smallest hashes of their runs of five
// words, sorted. What is small in one text is small in all, so that two prints compare
// however long their texts are.
type Print []uint32

const (
	shingle  = 5   // words of a run
	maxPrint = 256 // hashes kept
	minPrint = 12  // below, a text is too short to be told from others
	copied   = 0.6 // part of the shorter text that the other must hold
)

// PrintOf takes the print of a text: its words folded, marks left out.
func PrintOf(text string) Print {
	var words []string
	for _, t := range french.Tokens(text) {
		if t.Kind == french.Word || t.Kind == french.Numeral {
			words = append(words, t.Fold)
		}
	}
	var p Print
	for i := 0; i+shingle <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+shingle] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		sum := h.Sum64()
		p = append(p, uint32(sum>>32)^uint32(sum))
	}
	slices.Sort(p)
	p = slices.Compact(p)
	return slices.Clip(p[:min(len(p), maxPrint)])
}

// String and ParsePrint keep a print in a store.
func (p Print) String() string {
	b := make([]byte, 0, 4*len(p))
	for _, h := range p {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

// ParsePrint is the inverse of [Print.String]; what is no print is an empty one.
func ParsePrint(s string) Print {
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil
	}
	p := make(Print, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		p = append(p, binary.BigEndian.Uint32(b))
	}
	return p
}

// limit is up to which hash the print is complete.
func (p Print) limit() uint32 {
	if len(p) < maxPrint {
		return math.MaxUint32
	}
	return p[len(p)-1]
}

func (p Print) upTo(limit uint32) Print {
	n, found := slices.BinarySearch(p, limit)
	if found {
		n++
	}
	return p[:n]
}

// Same reports whether one of two texts holds most of the other.
func (p Print) Same(o Print) bool {
	limit := min(p.limit(), o.limit())
	p, o = p.upTo(limit), o.upTo(limit)
	shorter := min(len(p), len(o))
	if shorter < minPrint {
		return false
	}
	shared := 0
	for i, j := 0, 0; i < len(p) && j < len(o); {
		switch {
		case p[i] < o[j]:
			i++
		case p[i] > o[j]:
			j++
		default:
			shared++
			i++
			j++
		}
	}
	return float64(shared) >= copied*float64(shorter)
}
