package store

import (
	"context"

	"vigie"
)

// SiteFile returns what a site last said of itself in a file of that name, or
// [vigie.ErrNotFound]. One that is damaged counts as not there: the site has another.
func (s *Store) SiteFile(ctx context.Context, site, name string) (f vigie.SiteFile, err error) {
	defer s.wrap(&err, "%s of %s", name, site)
	var packed []byte
	err = s.read.QueryRowContext(ctx, `SELECT asked, zstd FROM site_files WHERE site = $1 AND name = $2`, clean(site), clean(name)).
		Scan(into{&f.Time}, &packed)
	if err == nil {
		f.Body, err = s.decode(packed)
	}
	f.Site, f.Name = site, name
	return f, s.orNotFound(err, "%s of %s", name, site)
}

// PutSiteFile keeps it in place of the one before, and archives how it was given.
func (s *Store) PutSiteFile(ctx context.Context, f vigie.SiteFile) (err error) {
	defer s.wrap(&err, "keep %s of %s", f.Name, f.Site)
	if f.Answer.Status != 0 {
		if err := s.PutEntry(ctx, "", f.Answer.URL, f.Answer, f.Body); err != nil {
			return err
		}
	}
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO site_files (site, name, asked, zstd) VALUES ($1, $2, $3, $4)
		ON CONFLICT (site, name) DO UPDATE SET asked = excluded.asked, zstd = excluded.zstd`,
		clean(f.Site), clean(f.Name), at(f.Time), s.pack.EncodeAll(f.Body, []byte{}))
	return err
}
