package reports

// How wide letters are, in 2,048ths of their size: those of Carlito, which has Calibri's
// measures. A row is as tall as its text needs only if one knows where its lines break.
var letterWidths = [...]uint16{
	463, 667, 821, 1020, 1038, 1464, 1397, 452, 621, 621, 1020, 1020, 511, 627, 517, 791, // space to /
	1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 548, 548, 1020, 1020, 1020, 949, // 0 to ?
	1831, 1185, 1114, 1092, 1260, 1000, 941, 1292, 1276, 516, 653, 1064, 861, 1751, 1322, 1356, // @ to O
	1058, 1378, 1112, 941, 998, 1314, 1162, 1822, 1063, 998, 959, 628, 791, 628, 1020, 1020, // P to _
	596, 981, 1076, 866, 1076, 1019, 625, 964, 1076, 470, 490, 931, 470, 1636, 1076, 1080, // ` to o
	1076, 1076, 714, 801, 686, 1076, 925, 1464, 887, 927, 809, 644, 943, 644, 1020, // p to ~
}

// letterWidth is that of a letter; an accent makes none wider, and what is not French is
// taken for as wide as a capital.
func letterWidth(r rune) int {
	if ' ' <= r && r <= '~' {
		return int(letterWidths[r-' '])
	}
	switch r {
	case 'î', 'ï', '’', '‘', '\u00a0', '\u202f':
		return 511
	case 'é', 'è', 'ê', 'ë', 'à', 'â', 'ô', 'ù', 'û', 'ç', '«', '»', '–', '°', '€':
		return 1080
	case '—', '→', '\u2003', 'œ', 'Œ', '…':
		return 1860
	}
	return 1300
}

// lineRoom is how wide a line may be in a column of so many digits, in 2,048ths of the
// body's size: a digit of the workbook's font takes seven dots, the body's ten points 1/154
// of a dot for each; the column keeps five dots for itself, and the indent ten.
func lineRoom(width float64) int { return int((7*width - 15) * 153.6) }

// wrappedLines is how many lines a text takes: they break at spaces and behind hyphens, and
// within a word that fills a line.
func wrappedLines(s string, width float64) int {
	room := lineRoom(width)
	lines, line, word := 1, 0, 0 // line and word: how wide what they hold is so far
	for _, r := range s {
		if r == '\n' {
			lines, line, word = lines+1, 0, 0
			continue
		}
		w := letterWidth(r)
		line += w
		if r == ' ' || r == '\t' || r == '\u2003' {
			word = 0 // a space at a line's end hangs over
			continue
		}
		word += w
		if line > room {
			lines++
			if word == line {
				word = w
			}
			line = word
		}
		if r == '-' || r == '–' {
			word = 0
		}
	}
	return lines
}

// textWidth is how wide a text is on one line, of a size in points, in digits of a column.
func textWidth(s string, points float64) float64 {
	width := 0
	for _, r := range s {
		width += letterWidth(r)
	}
	return float64(width) / 2048 * points * 96 / 72 / 7
}
