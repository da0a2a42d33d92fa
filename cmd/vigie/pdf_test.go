package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/cmd/vigie/pdfwords"
	"vigie/transform/article"
)

// writePDF makes a file of objects; the first is the catalogue.
func writePDF(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func stream(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// onePage is a page whose content is drawn so.
func onePage(content string) []byte { return pagesPDF(1, content) }

// pagesPDF is n pages that all draw the same.
func pagesPDF(n int, content string) []byte {
	kids := ""
	for range n {
		kids += "3 0 R "
	}
	return writePDF("<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", n, kids),
		"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		stream("", content),
		stream("/Type /XObject /Subtype /Form", "/X Do"))
}

func shown(x, y int, text string) string {
	return fmt.Sprintf("BT /F1 10 Tf %d %d Td (%s) Tj ET\n", x, y, text)
}

func TestPDFOfAnOffice(t *testing.T) {
	body, err := os.ReadFile("../../testdata/script/site/prefecture/lettre.pdf")
	if err != nil {
		t.Fatal(err)
	}
	in := article.Input{Body: body}
	if err := addWords(t.Context(), &in); err != nil {
		t.Fatal(err)
	}
	a, err := article.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := "Vallée de la Bresle - Vimeu : le comité de projet est installé"; a.Title != want {
		t.Errorf("title %q, want %q", a.Title, want)
	}
	if a.Published != "2024-03-12" {
		t.Errorf("published %q, want the day below the title", a.Published)
	}
	for _, want := range []string{
		"par le maire et suit chaque trimestre l’avancement des actions inscrites au contrat", // over lines of a column
		"\n- recruter ;\n",
		"\nÉtat\tingénierie du territoire et animation du comité de projet\t450 000 €\n",
	} {
		if !strings.Contains(a.Text, want) {
			t.Errorf("no %q in\n%s", want, a.Text)
		}
	}
	if i, j := strings.Index(a.Text, "organismes de formation."), strings.Index(a.Text, "Au total, 21"); i < 0 || j < i {
		t.Error("the second column stands before the end of the first")
	}
	for _, furniture := range []string{"Lettre de la vallée", "page 1", "page 2"} {
		if strings.Contains(a.Text, furniture) {
			t.Errorf("%q is repeated on every page and no part of the text", furniture)
		}
	}
	last := a.Blocks[len(a.Blocks)-1]
	if last.Page != 2 || a.Blocks[0].Page != 1 {
		t.Errorf("the title is on page %d and the last block on page %d, want 1 and 2", a.Blocks[0].Page, last.Page)
	}
}

func TestPDFColumnsDrawnRowByRow(t *testing.T) {
	left := []string{"Le territoire est retenu par", "le comité qui a siégé à la", "préfecture, et il en tirera", "un contrat de trois ans."}
	right := []string{"La fanfare a joué devant un", "public nombreux, malgré le", "temps, et elle reviendra au", "printemps sur la place."}
	content := ""
	for i := range left {
		content += shown(50, 700-12*i, latin1(left[i])) + shown(320, 700-12*i, latin1(right[i]))
	}
	in := article.Input{Body: onePage(shown(50, 740, "Une lettre de la commune") + content)}
	if err := addWords(t.Context(), &in); err != nil {
		t.Fatal(err)
	}
	a, err := article.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	want := "Une lettre de la commune\n\n" + strings.Join(left, " ") + "\n\n" + strings.Join(right, " ")
	if diff := cmp.Diff(want, a.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func latin1(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

// TestHazardB7PDFKillsNothingButItself: what loops, recurses or asks for all memory costs
// one document.
func TestHazardB7PDFKillsNothingButItself(t *testing.T) {
	sound := onePage(shown(50, 700, "Le territoire est retenu."))
	random := randomBytes(4096)
	for name, body := range map[string][]byte{
		"cut off":          sound[:len(sound)*3/5],
		"random":           append([]byte("%PDF-1.4\n"), random...),
		"the head alone":   []byte("%PDF-1.7"),
		"xref to itself":   []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"),
		"pages in a ring":  writePDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 3 /Kids [2 0 R] /Parent 2 0 R >>"),
		"deep arrays":      writePDF("<< /Type /Catalog /Pages " + strings.Repeat("[", 3_000_000) + " >>"),
		"a billion pages":  writePDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1000000000 /Kids [] >>"),
		"length to itself": writePDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Contents 4 0 R >>", "<< /Length 4 0 R >>\nstream\nBT\nendstream"),
		"a bomb": writePDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Contents 4 0 R >>",
			stream("/Filter /FlateDecode", deflated("["+strings.Repeat("[ ", 32<<20)))),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			words, err := pdfWords(t.Context(), body, time.Second)
			if err == nil && words != nil && len(words) == 0 {
				return // nothing to read on its pages: said to be a scan
			}
			if err == nil || !errors.Is(err, vigie.ErrNoArticle) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want one line that wraps %v", err, vigie.ErrNoArticle)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
	words, err := pdfWords(t.Context(), onePage("/X Do "+shown(50, 700, "Le territoire est retenu.")), pdfDeadline)
	if err != nil || len(words) != 4 {
		t.Errorf("a form that draws itself: %d words, %v: want the 4 beside it", len(words), err)
	}
}

func randomBytes(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func TestHazardB7ScanSaysSo(t *testing.T) {
	in := article.Input{Body: onePage("q 500 0 0 700 0 0 cm Q")}
	if err := addWords(t.Context(), &in); err != nil {
		t.Fatal(err)
	}
	_, err := article.Read(in)
	if !errors.Is(err, vigie.ErrNoArticle) || !strings.Contains(err.Error(), "scan, à lire à la main") {
		t.Errorf("error %v, want one that says what to do with a scan", err)
	}
}

// TestHazardB7Memory: two hundred full pages are read below 64 MiB, at the peak.
func TestHazardB7Memory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no /proc")
	}
	page := ""
	for row := range 50 {
		page += shown(50, 750-14*row, strings.Repeat("Un territoire de la liste. ", 4))
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "large.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(pagesPDF(200, page)); err != nil {
		t.Fatal(err)
	}
	_, _ = file.Seek(0, 0)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd, err := pdfCommand(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	peak := &peakReader{t: t, cmd: cmd}
	if peak.Reader, err = cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	words, err := pdfwords.Read(peak)
	if err := errors.Join(err, cmd.Wait()); err != nil || len(words) != 200*50*20 {
		t.Fatalf("%d words, %v: want %d", len(words), err, 200*50*20)
	}
	t.Logf("peak resident %d KiB, %s", peak.kib, cmd.ProcessState.UserTime())
	if peak.kib == 0 || peak.kib >= 64<<10 {
		t.Errorf("peak resident %d KiB, want below 64 MiB", peak.kib)
	}
}

// A peakReader reads what a process writes, and each time how much memory that process
// had in use at the most. (What the kernel tells at its end includes the parent's.)
type peakReader struct {
	io.Reader
	t   *testing.T
	cmd *exec.Cmd
	kib int
}

func (r *peakReader) Read(p []byte) (int, error) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if _, after, ok := bytes.Cut(status, []byte("VmHWM:")); ok {
		var kib int
		_, err := fmt.Sscan(string(after), &kib)
		if err != nil {
			r.t.Fatal(err)
		}
		r.kib = max(r.kib, kib)
	}
	return r.Reader.Read(p)
}
