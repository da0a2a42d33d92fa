package reports

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vigie"
)

// A Shelf is the folder of a region's reports: the files of the last one, and a folder for
// each day with the files of its own. Regions may share it. Nobody else may write into it
// meanwhile.
type Shelf struct {
	Out    string
	Region vigie.Entity
}

// A Stage is a report whose files are written, whole and synced, and have not taken their
// places.
type Stage struct {
	Files  []vigie.FileDigest // the workbook first; names as from the folder of the reports
	shelf  Shelf
	folder string
}

// Names of folders that are on their way, beside the days' own.
const (
	stagePrefix = tempPrefix + "pret-"   // written, in no place yet
	comePrefix  = tempPrefix + "arrive-" // a day's folder about to take its place
	gonePrefix  = tempPrefix + "part-"   // the one that it takes the place of
)

// Stage writes the files of a report beside their places.
func (s Shelf) Stage(ctx context.Context, d *Data) (*Stage, error) {
	folder := filepath.Join(s.Out, stagePrefix+slug(s.Region.Name))
	if err := os.RemoveAll(folder); err != nil {
		return nil, err
	}
	files, err := Write(ctx, folder, d)
	if err != nil {
		return nil, err
	}
	st := &Stage{shelf: s, folder: folder}
	for _, file := range files {
		name, err := filepath.Rel(folder, file)
		if err != nil {
			return nil, err
		}
		digest, err := digestOf(file)
		if err != nil {
			return nil, err
		}
		st.Files = append(st.Files, vigie.FileDigest{Name: filepath.ToSlash(name), Digest: digest})
	}
	return st, nil
}

func digestOf(file string) (string, error) {
	body, err := os.ReadFile(file)
	return vigie.Digest(body), err
}

// Discard removes what has not been moved to its place.
func (st *Stage) Discard() error { return os.RemoveAll(st.folder) }

// Keep copies the files into a folder of that name, with the edition's manifest and texts
// beside them, in place of what the folder had of this region; other regions' files stay.
// The folder changes at once, or not at all: see [Shelf.Mend].
func (st *Stage) Keep(name string, e vigie.Edition, texts map[string]string) (err error) {
	manifest, err := manifestOf(e, st.shelf.Region)
	if err != nil {
		return err
	}
	place := filepath.Join(st.shelf.Out, name)
	come, gone := filepath.Join(st.shelf.Out, comePrefix+name), filepath.Join(st.shelf.Out, gonePrefix+name)
	if err := errors.Join(os.RemoveAll(come), os.RemoveAll(gone), os.MkdirAll(come, 0o755)); err != nil {
		return err
	}
	err = copyFolder(place, come, func(name string) bool { return !st.shelf.owns(name) })
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := copyFolder(st.folder, come, func(string) bool { return true }); err != nil {
		return err
	}
	texts = withText(texts, st.shelf.manifest(), manifest)
	for file, text := range texts {
		if err := writeFile(filepath.Join(come, file), strings.NewReader(text)); err != nil {
			return err
		}
	}
	if err := syncTree(come); err != nil {
		return err
	}
	if err := os.Rename(place, gone); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(come, place); err != nil {
		return err
	}
	return errors.Join(syncAll([]string{st.shelf.Out}), os.RemoveAll(gone))
}

func withText(texts map[string]string, name, text string) map[string]string {
	all := map[string]string{name: text}
	for n, t := range texts {
		all[n] = t
	}
	return all
}

// Replace moves the files to their places, in place of the last report's. A workbook that
// cannot be replaced, because it is open elsewhere, stays; the new one then lies beside it
// under the name that is returned.
func (st *Stage) Replace(day vigie.Date) (beside string, err error) {
	folders := map[string]bool{}
	for i, f := range st.Files {
		from, to := filepath.Join(st.folder, filepath.FromSlash(f.Name)), filepath.Join(st.shelf.Out, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return "", err
		}
		err := os.Rename(from, to)
		if err != nil && i == 0 {
			beside = datedName(f.Name, string(day))
			err = os.Rename(from, filepath.Join(st.shelf.Out, beside))
		}
		if err != nil {
			return "", err
		}
		folders[filepath.Dir(to)] = true
	}
	if err := syncAll(slices.Collect(maps.Keys(folders))); err != nil {
		return "", err
	}
	return beside, st.Discard()
}

// datedName puts a day, or another word, before a file's extension.
func datedName(file, day string) string {
	ext := path.Ext(file)
	return strings.TrimSuffix(file, ext) + "-" + day + ext
}

// Mend puts right what a delivery that was killed left: a day's folder that was to be
// replaced and is not, and files on their way.
func (s Shelf) Mend() error {
	entries, err := os.ReadDir(s.Out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries { // what comes before what goes, by name
		name := filepath.Join(s.Out, e.Name())
		if day, ok := strings.CutPrefix(e.Name(), gonePrefix); ok {
			err := os.Rename(name, filepath.Join(s.Out, day))
			if err == nil {
				continue
			}
		}
		if strings.HasPrefix(e.Name(), tempPrefix) {
			if err := os.RemoveAll(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// Finish moves into place what a delivery that was killed between its files had not yet:
// those of the edition's day that are not as the edition has them. A workbook that vigie
// did not write, or that is open elsewhere, stays.
func (s Shelf) Finish(e vigie.Edition, delivered func(digest string) (bool, error)) error {
	for i, f := range e.Files {
		place := filepath.Join(s.Out, filepath.FromSlash(f.Name))
		digest, err := digestOf(place)
		switch {
		case err == nil && digest == f.Digest:
			continue
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return err
		case err == nil && i == 0:
			ours, err := delivered(digest)
			if err != nil {
				return err
			}
			if !ours {
				continue
			}
		}
		come := filepath.Join(s.Out, tempPrefix+"finit")
		if err := copyFile(filepath.Join(s.Out, string(e.Day), filepath.FromSlash(f.Name)), come); err != nil {
			return err
		}
		err = errors.Join(syncAll([]string{come}), os.MkdirAll(filepath.Dir(place), 0o755))
		if renamed := os.Rename(come, place); renamed != nil && i > 0 {
			err = errors.Join(err, renamed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// owns reports whether a file of a day's folder is this region's.
func (s Shelf) owns(name string) bool {
	parts := strings.Split(name, "/")
	own := slug(s.Region.Name)
	if len(parts) > 1 {
		return parts[1] == own
	}
	file := strings.TrimSuffix(name, path.Ext(name))
	return strings.HasSuffix(file, "-"+own) && slices.Contains([]string{"territoires", "manifeste", "raisons"}, strings.TrimSuffix(file, "-"+own))
}

// RefusedFolder names the folder of a day's refused report.
func RefusedFolder(day vigie.Date) string { return fmt.Sprintf("%s-refusé", day) }
