package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"
)

// tempPrefix begins the names of files that are not finished.
const tempPrefix = ".vigie-"

// Write writes the workbook of a region into dir, and its tables into a folder of the
// region's name, such as dir/csv/grand-est, so that regions can share dir, and the same for
// programs into dir/donnees/grand-est; it returns the files' paths, the workbook first.
// Nothing half-written is ever in place: all files are written beside their places and
// synced before the first takes its name, and if one fails the old ones stay as they are.
// dir is made if need be. Two calls must not write into it at once.
func Write(ctx context.Context, dir string, d *Data) (files []string, err error) {
	defer func() {
		if err != nil {
			files, err = nil, fmt.Errorf("write report of %s: %w", d.Region.Name, err)
		}
	}()
	tables := Tables(d)
	sheets := filepath.Join(dir, "csv", slug(d.Region.Name))
	data := filepath.Join(dir, "donnees", slug(d.Region.Name))
	if err := prepare(dir, sheets, data); err != nil {
		return nil, err
	}
	var out delivery
	defer out.discard()
	out.write(filepath.Join(dir, FileName(d.Region)), func(w io.Writer) error { return WriteXLSX(ctx, w, d, tables) })
	out.write(filepath.Join(dir, PageName(d.Region)), func(w io.Writer) error { return writePage(w, d, tables) })
	for _, t := range tables {
		out.write(filepath.Join(sheets, slug(t.Name)+".csv"), func(w io.Writer) error { return WriteCSV(ctx, w, t) })
	}
	for _, t := range tables {
		if t.Layout == Grid {
			out.write(filepath.Join(data, slug(t.Name)+".csv"), func(w io.Writer) error { return writeMachineCSV(ctx, w, t) })
		}
	}
	out.write(filepath.Join(data, "datapackage.json"), func(w io.Writer) error { return writeDataPackage(w, d, tables) })
	out.write(filepath.Join(data, factsFile), func(w io.Writer) error { return writeFacts(ctx, w, d) })
	return out.files, out.deliver(dir, sheets, data)
}

// prepare makes the folders and clears away what a crash left in them.
func prepare(folders ...string) error {
	for _, folder := range folders {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), tempPrefix) {
				continue
			}
			if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// A delivery is files that take their names together, once all are written. The first
// error stops it.
type delivery struct {
	files []string
	err   error
}

func temp(file string) string {
	return filepath.Join(filepath.Dir(file), tempPrefix+filepath.Base(file))
}

func (d *delivery) write(file string, content func(io.Writer) error) {
	if d.err != nil {
		return
	}
	f, err := os.Create(temp(file))
	if err != nil {
		d.err = err
		return
	}
	d.files = append(d.files, file)
	d.err = errors.Join(content(f), f.Close())
}

// deliver gives the files their names, and syncs the folders that now hold them.
func (d *delivery) deliver(folders ...string) error {
	if d.err != nil {
		return d.err
	}
	written := make([]string, len(d.files))
	for i, file := range d.files {
		written[i] = temp(file)
	}
	if err := syncAll(written); err != nil {
		return err
	}
	for _, file := range d.files {
		if err := os.Rename(temp(file), file); err != nil {
			return err
		}
	}
	return syncAll(folders)
}

// discard removes what did not get its name.
func (d *delivery) discard() {
	for _, file := range d.files {
		os.Remove(temp(file))
	}
}

// syncAll brings files and folders to the disk, side by side: a disk writes many at once
// in little more than the time of one.
func syncAll(names []string) error {
	var all errgroup.Group
	all.SetLimit(32)
	for _, name := range names {
		all.Go(func() error {
			f, err := os.Open(name)
			if err != nil {
				return err
			}
			return errors.Join(f.Sync(), f.Close())
		})
	}
	return all.Wait()
}

// copyFolder copies the files that are wanted, by their names with slashes.
func copyFolder(from, to string, wanted func(name string) bool) error {
	return filepath.WalkDir(from, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(from, file)
		if err != nil || !wanted(filepath.ToSlash(name)) {
			return err
		}
		return copyFile(file, filepath.Join(to, name))
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return writeFile(to, in)
}

func writeFile(file string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}

// syncTree brings a folder to the disk with all that is in it.
func syncTree(folder string) error {
	var names []string
	err := filepath.WalkDir(folder, func(name string, _ fs.DirEntry, err error) error {
		names = append(names, name)
		return err
	})
	if err != nil {
		return err
	}
	return syncAll(names)
}
