package xlsxcheck

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

const (
	mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relsNS = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
)

// sound is a small workbook without fault: a table of one column with a link, its
// second value a shared string.
var sound = map[string]string{
	"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="r"/>` +
		`<Default Extension="xml" ContentType="x"/><Override PartName="/xl/workbook.xml" ContentType="w"/></Types>`,
	"_rels/.rels":                `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="t" Target="xl/workbook.xml"/></Relationships>`,
	"xl/_rels/workbook.xml.rels": `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>`,
	"xl/workbook.xml": `<workbook ` + mainNS + `><sheets><sheet name="Faits" sheetId="1" r:id="rId1"/></sheets>` +
		`<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">Faits!$1:$1</definedName></definedNames></workbook>`,
	"xl/styles.xml": `<styleSheet ` + mainNS + `><numFmts><numFmt numFmtId="164" formatCode="@"/></numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>` +
		`<cellStyleXfs><xf fontId="0"/></cellStyleXfs><cellXfs><xf fontId="0" xfId="0"/><xf numFmtId="164"/></cellXfs><cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles><dxfs><dxf/></dxfs></styleSheet>`,
	"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>Alençon</t></si></sst>`,
	"xl/worksheets/sheet1.xml": `<worksheet ` + mainNS + `><cols/><sheetData>` +
		`<row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c><c r="B1" s="1"><v>1.5</v></c></row>` +
		`<row r="2"><c r="A2" t="s"><v>0</v></c></row></sheetData>` +
		`<conditionalFormatting sqref="B1"><cfRule dxfId="0"/></conditionalFormatting>` +
		`<dataValidations><dataValidation type="list" sqref="C2:C1048576"><formula1>"exact,faux"</formula1></dataValidation>` +
		`<dataValidation type="list" sqref="D2 D4:D5"><formula1>Faits!$A$2:$A$2</formula1></dataValidation></dataValidations>` +
		`<hyperlinks><hyperlink ref="A2" r:id="rId1"/><hyperlink ref="B1" location="'Faits'!A1"/></hyperlinks><pageMargins/><tableParts><tablePart r:id="rId2"/></tableParts></worksheet>`,
	"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="x/hyperlink" Target="https://a.example/" TargetMode="External"/>` +
		`<Relationship Id="rId2" Type="t" Target="../tables/table1.xml"/></Relationships>`,
	"xl/tables/table1.xml": `<table ` + mainNS + ` displayName="T_faits" ref="A1:A2"><autoFilter ref="A1:A2"/><tableColumns><tableColumn id="1" name="Nom"/></tableColumns></table>`,
}

func pack(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(parts[name]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSoundWorkbookPasses(t *testing.T) {
	if err := Check(pack(t, sound)); err != nil {
		t.Error(err)
	}
}

// Each fault is one replacement in a part of the sound workbook, or a part taken away.
func TestFaultsAreFound(t *testing.T) {
	const sheet, styles, table, workbook = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/tables/table1.xml", "xl/workbook.xml"
	const sheetRels = "xl/worksheets/_rels/sheet1.xml.rels"
	long := strings.Repeat("é", maxText+1)
	for _, c := range []struct {
		name, part, old, new string
		want                 string
	}{
		{"open element", sheet, "</worksheet>", "", "unexpected EOF"},
		{"control character", sheet, "Nom", "N\x01om", "illegal character"},
		{"two roots", table, "</table>", "</table><table/>", "2 root elements"},
		{"attribute twice", sheet, `<row r="2">`, `<row r="2" r="2">`, "attribute r twice"},
		{"part without type", "[Content_Types].xml", `Extension="xml"`, `Extension="bin"`, "no content type"},
		{"type without part", "[Content_Types].xml", "/xl/workbook.xml", "/xl/other.xml", "part /xl/other.xml is not there"},
		{"relation to nothing", sheetRels, "table1.xml", "table9.xml", "leads to xl/tables/table9.xml"},
		{"relation id twice", sheetRels, `Id="rId2"`, `Id="rId1"`, `"rId1" is empty or there twice`},
		{"address with a space", sheetRels, "https://a.example/", "https://a.example/a b", "leads to no address"},
		{"address too long", sheetRels, "https://a.example/", "https://a.example/" + strings.Repeat("a", maxAddress), "leads to no address"},
		{"font out of range", styles, `<xf fontId="0" xfId="0"/>`, `<xf fontId="7" xfId="0"/>`, "format 1 refers to a font"},
		{"number format unknown", styles, `<xf numFmtId="164"/>`, `<xf numFmtId="165"/>`, "number format 165"},
		{"named style to nothing", styles, `name="Normal" xfId="0"`, `name="Normal" xfId="3"`, `named style "Normal"`},
		{"cell style out of range", sheet, `s="1"`, `s="2"`, "cell B1 has format 2 of 2"},
		{"no number", sheet, "<v>1.5</v>", "<v>1,5</v>", `no number: "1,5"`},
		{"shared string out of range", sheet, "<v>0</v>", "<v>1</v>", "no shared string: 1"},
		{"inline text without text", sheet, "<is><t>Nom</t></is>", "", "inline text without text"},
		{"text too long", sheet, "<t>Nom</t>", "<t>" + long + "</t>", "text too long"},
		{"unknown cell type", sheet, `t="s"`, `t="x"`, "unknown type"},
		{"rows fall", sheet, `<row r="2">`, `<row r="1">`, "row 1 after row 1"},
		{"cell in another row", sheet, `r="A2" t`, `r="A3" t`, `cell "A3" out of place`},
		{"columns fall", sheet, `r="B1"`, `r="A1"`, `cell "A1" out of place`},
		{"elements out of order", sheet, "<pageMargins/><tableParts>", "<pageMargins/><cols/><tableParts>", "element cols is out of place"},
		{"merged cells", sheet, "<hyperlinks>", `<mergeCells><mergeCell ref="A1:B1"/></mergeCells><hyperlinks>`, "1 merged cells"},
		{"link to nothing", sheet, `ref="A2" r:id="rId1"`, `ref="A2" r:id="rId7"`, "link at A2 leads nowhere"},
		{"link nowhere", sheet, `ref="A2" r:id="rId1"`, `ref="2" r:id="rId1"`, "which is no cell"},
		{"too many links", sheet, "<hyperlinks>", "<hyperlinks>" + strings.Repeat(`<hyperlink ref="C1" location="x"/>`, maxLinks), "65532 links"},
		{"sheet name with a slash", workbook, `name="Faits"`, `name="Fa/its"`, `sheet name "Fa/its"`},
		{"sheet name too long", workbook, `name="Faits"`, `name="` + long[:2*(maxNameLen+1)] + `"`, "is not allowed"},
		{"sheet without part", workbook, `r:id="rId1"`, `r:id="rId5"`, "has no part"},
		{"name of no sheet", workbook, `localSheetId="0"`, `localSheetId="4"`, "belongs to sheet 4"},
		{"table header differs", table, `name="Nom"`, `name="Prénom"`, `stands over cell A1, which holds "Nom"`},
		{"table too wide", table, `displayName="T_faits" ref="A1:A2"`, `displayName="T_faits" ref="A1:B2"`, "1 columns over"},
		{"table without rows", table, `displayName="T_faits" ref="A1:A2"`, `displayName="T_faits" ref="A1:A1"`, "1 columns over"},
		{"filter beside the table", table, `autoFilter ref="A1:A2"`, `autoFilter ref="A1:A3"`, "filters A1:A3"},
		{"table name with a space", table, "T_faits", "T faits", "table name"},
		{"too many formats", styles, `<xf numFmtId="164"/>`, strings.Repeat(`<xf/>`, maxFormats), "64001 formats"},
		{"link of another kind", sheetRels, "x/hyperlink", "x/image", "relation of another kind"},
		{"link to a sheet that is not there", sheet, `'Faits'!A1`, `'Autre'!A1`, "link at B1 refers to"},
		{"list of an empty word", sheet, `"exact,faux"`, `"exact,,faux"`, "empty or there twice"},
		{"list too long", sheet, `"exact,faux"`, `"` + long[:2*(maxList+1)] + `"`, "has 256 letters"},
		{"list in a sheet that is not there", sheet, "Faits!$A$2:$A$2", "Autre!$A$2:$A$2", "list of D2 D4:D5 refers to"},
		{"validation of no cells", sheet, "D2 D4:D5", "D2 D0", `over "D0"`},
		{"two validations of a cell", sheet, "D2 D4:D5", "C4:D5", "two validations"},
		{"prompt too long", sheet, `sqref="D2 D4:D5"`, `sqref="D2" promptTitle="` + long[:2*(maxTitle+1)] + `"`, "are too long"},
		{"conditional format that is not there", sheet, `dxfId="0"`, `dxfId="1"`, "conditional format 1 of 1"},
		{"name of another sheet's cells", workbook, "Faits!$1:$1", "Autre!$1:$1", "name _xlnm.Print_Titles refers to"},
		{"name of no cells", workbook, "Faits!$1:$1", "Faits!#REF!", "name _xlnm.Print_Titles refers to"},
		{"name twice", workbook, "</definedNames>", `<definedName name="_xlnm.Print_Titles" localSheetId="0">Faits!$1:$1</definedName></definedNames>`, "twice in sheet 0"},
		{"two tables", sheet, `<tablePart r:id="rId2"/>`, `<tablePart r:id="rId2"/><tablePart r:id="rId2"/>`, "two tables"},
		{"no styles", styles, "", "", "xl/styles.xml: missing"},
		{"no start", "_rels/.rels", "", "", "nowhere where it begins"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := maps.Clone(sound)
			switch {
			case c.old == "":
				delete(parts, c.part)
			case !strings.Contains(parts[c.part], c.old):
				t.Fatalf("%s does not hold %q: the fault is none", c.part, c.old)
			default:
				parts[c.part] = strings.Replace(parts[c.part], c.old, c.new, 1)
			}
			err := Check(pack(t, parts))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want one that says %q", err, c.want)
			}
		})
	}
}

func TestBrokenZip(t *testing.T) {
	whole := pack(t, sound)
	if err := Check(whole[:len(whole)/2]); err == nil {
		t.Error("half a file passed")
	}
	flipped := bytes.Clone(whole)
	flipped[60] ^= 0x10 // in the first member's packed bytes
	if err := Check(flipped); err == nil {
		t.Error("a flipped bit passed")
	}
}
