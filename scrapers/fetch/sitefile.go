package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"vigie"
)

// SiteFiles keep what sites say of themselves from one process to the next.
type SiteFiles interface {
	// SiteFile returns a kept file, or [vigie.ErrNotFound].
	SiteFile(ctx context.Context, site, name string) (vigie.SiteFile, error)
	PutSiteFile(context.Context, vigie.SiteFile) error
}

const (
	siteFileLife  = 24 * time.Hour      // RFC 9309, 2.4: not to be used for longer,
	siteFileGrace = 30 * 24 * time.Hour // unless the site cannot be reached; and 2.3.1.4 thinks of 30 days
	siteFileRetry = 10 * time.Minute    // after one that could not be had
)

// siteFile returns a file that the page's site has about itself: the kept one, where it is
// of today; else as the site has it now, a site that has none having an empty one. Where
// the site cannot say, the kept one of this month stands in; else that is the error.
func (g *robotsGate) siteFile(page *http.Request, site, name string) (vigie.SiteFile, error) {
	ctx := page.Context()
	kept, err := g.keptFile(ctx, site, name)
	if err != nil || g.now().Sub(kept.Time) < siteFileLife {
		return kept, err
	}
	fresh, err := g.ask(page, name)
	switch {
	case err == nil:
		fresh.Site = site
		return fresh, g.keepFile(ctx, fresh)
	case errors.Is(err, errBook) || ctx.Err() != nil || g.now().Sub(kept.Time) > siteFileGrace:
		return vigie.SiteFile{}, err
	}
	return kept, nil
}

func (g *robotsGate) keptFile(ctx context.Context, site, name string) (vigie.SiteFile, error) {
	if g.kept == nil {
		return vigie.SiteFile{}, nil
	}
	f, err := g.kept.SiteFile(ctx, site, name)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return f, fmt.Errorf("%w: %w", errBook, err)
	}
	if f.Time.After(g.now()) { // kept by a clock that was wrong
		return vigie.SiteFile{}, nil
	}
	return f, nil
}

func (g *robotsGate) keepFile(ctx context.Context, f vigie.SiteFile) error {
	if g.kept == nil {
		return nil
	}
	if err := g.kept.PutSiteFile(context.WithoutCancel(ctx), f); err != nil {
		return fmt.Errorf("%w: %w", errBook, err)
	}
	return nil
}

// askAgain is when a file is to be asked for anew.
func (g *robotsGate) askAgain(f vigie.SiteFile) time.Time {
	soon, old := g.now().Add(siteFileRetry), f.Time.Add(siteFileLife)
	if old.After(soon) {
		return old
	}
	return soon
}

// ask fetches such a file, an error meaning that the site could not say.
func (g *robotsGate) ask(page *http.Request, name string) (vigie.SiteFile, error) {
	x := exchangeOf(page)
	u := &url.URL{Scheme: page.URL.Scheme, Host: page.URL.Host, Path: name}
	asking := &exchange{
		Request: Request{URL: u.String(), Source: x.Source, Delay: x.Delay}, robots: true, aside: name != robotsFile, prefix: maxRobots,
	}
	if x.own(page.URL) {
		asking.Platform, asking.TLS = x.Platform, x.TLS
	}
	ctx := withExchange(page.Context(), asking)
	none := vigie.SiteFile{Name: name, Time: g.now().UTC()}
	for range maxRobotsRedirects + 1 {
		resp, next, err := g.askOnce(ctx, u)
		switch {
		case errors.Is(err, vigie.ErrNotFound): // a replayed web that does not have it
			return none, nil
		case err != nil:
			return none, err
		case next != nil:
			u = next
		case challenge(resp) != "": // whatever its status: no site has such rules
			return none, &StatusError{Status: resp.StatusCode, Note: challenge(resp)}
		case resp.StatusCode == http.StatusOK:
			none.Body = recorded(resp)
			none.Answer = given(page.URL, name, resp, none)
			return none, nil
		case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500:
			return none, &StatusError{Status: resp.StatusCode}
		default: // 4xx, and what else is no file: there is none
			return none, nil
		}
	}
	return none, nil // the RFC: beyond five redirects it may count as missing
}

// given is how a site gave a file; nothing of one that was not read to its end.
func given(page *url.URL, name string, resp *http.Response, f vigie.SiteFile) vigie.Capture {
	if len(f.Body) >= maxRobots {
		return vigie.Capture{}
	}
	asked := url.URL{Scheme: page.Scheme, Host: page.Host, Path: name}
	return vigie.Capture{
		URL: asked.String(), FinalURL: resp.Request.URL.String(), Time: f.Time, Status: resp.StatusCode, Size: len(f.Body),
		MediaType: resp.Header.Get("Content-Type"), Header: resp.Header,
	}
}

func (g *robotsGate) askOnce(ctx context.Context, u *url.URL) (resp *http.Response, next *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, err
	}
	resp, err = scheme{g.next}.RoundTrip(req)
	if err != nil || resp.StatusCode < 300 || resp.StatusCode >= 400 {
		return resp, nil, err
	}
	next, err = resp.Location()
	if errors.Is(err, http.ErrNoLocation) {
		return resp, nil, nil
	}
	return resp, next, err
}
