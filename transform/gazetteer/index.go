package gazetteer

// An index finds names by the folded words they are made of: a tree whose edges are
// words, held in one hash table, so that a text is read word by word and each word
// costs one look-up. Linking words (de, la, les, et …) are no edges: names lose and
// change them; which of them a name has is checked at its end.
type index struct {
	words                            table64 // hash of a folded word → its number
	canon                            []int32 // word → the word it stands for (st → saint)
	edges                            table64 // node<<32 | word → node
	heads                            []int32 // node → its first name in names
	names                            []name
	linked                           []linkKind // word → what kind of linking word it is
	rules                            []rule     // word → how common it is beside names
	first                            []int32    // word → the node that it leads to from the root, 0 where no name begins with it
	forms                            []uint8    // node of the tree of legal forms → form
	pays, intercom, le, les, du, des int32      // words that rules speak of
	suffix                           []suffixWord
	designators                      []designator
}

type linkKind uint8

const (
	noLink      linkKind = iota
	linkDe               // de, du, des, d
	linkArticle          // le, la, les, l
	linkEt
)

type rule uint8

const (
	plainWord rule = iota
	startWord      // a common word: at the start of a sentence it says nothing
	neverWord      // a direction and the like: alone it is no name
)

// A name is one way to write an entity, at its node.
type name struct {
	entity   int32
	next     int32  // the next one at the node, 0 at the end
	gaps     uint32 // hash of all words from the first edge to the last, linking ones included
	links    uint16 // gaps between edges that hold linking words
	ets      uint16 // gaps that hold "et"
	form     uint8
	strength uint8
	flags    uint8
	lead     uint8 // the article before: a word number's place in leads
}

// Strengths of a name, the best first.
const (
	official uint8 = iota
	usual
	alias
	former
	derived
)

// Flags of a name.
const (
	strict   uint8 = 1 << iota // linking words and article must be as in the list: a commune
	needForm                   // counts only with its legal form
	acronym                    // counts only in capitals, and needs context
	hasComma
	hasParen
)

const (
	root     = 0 // of names
	formRoot = 1 // of legal forms
)

func newIndex() *index {
	x := &index{words: newTable(1 << 16), edges: newTable(1 << 16), names: make([]name, 1, 1<<16)}
	x.heads = make([]int32, 2, 1<<16)
	x.grow(0)
	for i, w := range linkWords {
		id := x.add(hashOf(w.word))
		x.linked[id] = linkWords[i].kind
	}
	for _, c := range canonical {
		from, to := x.add(hashOf(c[0])), x.add(hashOf(c[1]))
		x.canon[from] = to
	}
	x.pays, x.le, x.les = x.add(hashOf("pays")), x.add(hashOf("le")), x.add(hashOf("les"))
	x.intercom = x.add(hashOf("intercom"))
	x.du, x.des = x.add(hashOf("du")), x.add(hashOf("des"))
	x.addDesignators()
	x.addForms()
	return x
}

var linkWords = []struct {
	word string
	kind linkKind
}{
	{"d", linkDe}, {"de", linkDe}, {"des", linkDe}, {"du", linkDe},
	{"l", linkArticle}, {"la", linkArticle}, {"le", linkArticle}, {"les", linkArticle},
	{"et", linkEt},
}

// canonical has words that stand for another: abbreviations, plurals of legal forms, digits.
var canonical = [][2]string{
	{"agglomeration", "agglo"}, {"agglomerations", "agglo"}, {"agglos", "agglo"},
	{"communautes", "communaute"}, {"ctre", "centre"}, {"gd", "grand"}, {"gde", "grande"},
	{"ht", "haut"}, {"hte", "haute"}, {"metropoles", "metropole"},
	{"mt", "mont"}, {"st", "saint"}, {"ste", "sainte"}, {"urbaines", "urbaine"}, {"vx", "vieux"},
	{"2", "deux"}, {"3", "trois"}, {"4", "quatre"}, {"5", "cinq"}, {"6", "six"}, {"7", "sept"}, {"8", "huit"}, {"9", "neuf"},
	{"10", "dix"}, {"12", "douze"},
}

// add returns the number of a word, a new one where it is unknown.
func (x *index) add(hash uint64) int32 {
	id := x.words.put(hash, int32(len(x.canon)))
	if int(id) == len(x.canon) {
		x.grow(id)
	}
	return x.canon[id]
}

func (x *index) grow(id int32) {
	x.canon = append(x.canon, id)
	x.linked = append(x.linked, noLink)
	x.rules = append(x.rules, plainWord)
	x.first = append(x.first, 0)
}

// word returns the number of a word, 0 for an unknown one.
func (x *index) word(hash uint64) int32 { return x.canon[x.words.get(hash)] }

// step follows the edge from a node, or returns 0: no edge leads to the root.
func (x *index) step(node, word int32) int32 {
	if node == root {
		return x.first[word]
	}
	return x.edges.get(uint64(node)<<32 | uint64(uint32(word)))
}

func (x *index) addStep(node, word int32) int32 {
	fresh := int32(len(x.heads))
	to := fresh
	if node != root {
		to = x.edges.put(uint64(node)<<32|uint64(uint32(word)), fresh)
	} else if to = x.first[word]; to == 0 {
		x.first[word], to = fresh, fresh
	}
	if to == fresh {
		x.heads = append(x.heads, 0)
	}
	return to
}

// A table64 maps keys to numbers above 0: open addressing, at most two thirds full.
type table64 struct {
	slots []slot
	used  int
}

type slot struct {
	key uint64
	val int32
}

func newTable(size int) table64 { return table64{slots: make([]slot, size)} }

func mix(key uint64) uint64 {
	key ^= key >> 32
	key *= 0x9E3779B97F4A7C15
	return key ^ key>>29
}

// get returns the number of key, 0 where the table does not have it.
func (t *table64) get(key uint64) int32 {
	mask := uint64(len(t.slots) - 1)
	for i := mix(key) & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.val == 0 || s.key == key {
			return s.val
		}
	}
}

// put returns the number of key, val where the table did not have it.
func (t *table64) put(key uint64, val int32) int32 {
	mask := uint64(len(t.slots) - 1)
	i := mix(key) & mask
	for ; t.slots[i].val != 0; i = (i + 1) & mask {
		if t.slots[i].key == key {
			return t.slots[i].val
		}
	}
	t.slots[i] = slot{key, val}
	t.used++
	if 3*t.used > 2*len(t.slots) {
		t.double()
	}
	return val
}

func (t *table64) double() {
	old := t.slots
	*t = newTable(2 * len(old))
	for _, s := range old {
		if s.val != 0 {
			t.put(s.key, s.val)
		}
	}
}
