-- +goose Up

-- What sites said of where their pages are: feeds, lists, sitemaps, answers of APIs,
-- robots.txt. A stretch of time over which an address gave one body. They are no
-- documents, and nothing is read in them but addresses; those that others have followed
-- go after a while.
CREATE TABLE answers (
    source     TEXT      NOT NULL, -- empty: the site's own, of all sources on it
    url        TEXT      NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    last_seen  TIMESTAMP NOT NULL,
    digest     TEXT      NOT NULL,
    good       INTEGER   NOT NULL, -- 0: an error, or a door in its place
    capture    TEXT      NOT NULL, -- JSON
    zstd       BLOB      NOT NULL,
    basis      TEXT      REFERENCES bases,
    PRIMARY KEY (source, url, first_seen, digest)
);
CREATE INDEX answers_newest ON answers (source, url, last_seen, first_seen);

-- Those that were kept as they were last, until now.
INSERT INTO answers (source, url, first_seen, last_seen, digest, good, capture, zstd)
    SELECT source, url, moment, moment, digest, 1, capture, zstd FROM (
        SELECT source, url, capture, zstd, json_extract(capture, '$.Digest') AS digest,
            replace(replace(json_extract(capture, '$.Time'), 'T', ' '), 'Z', '+00:00') AS moment
        FROM entries WHERE json_extract(capture, '$.URL') <> '');
DROP TABLE entries;

-- vigie's own notes on lists, which it can do without: what they named last, where they
-- may have gone.
CREATE TABLE list_notes (
    source TEXT NOT NULL,
    name   TEXT NOT NULL,
    noted  TIMESTAMP NOT NULL,
    zstd   BLOB NOT NULL,
    PRIMARY KEY (source, name)
);

-- What told of the pages that are the same, and where lists and pages seem to have gone: JSON.
ALTER TABLE run_sources ADD COLUMN hints TEXT NOT NULL DEFAULT 'null';
ALTER TABLE run_sources ADD COLUMN moves TEXT NOT NULL DEFAULT 'null';

-- How often a platform was asked on a day, for those who set a budget.
ALTER TABLE platforms ADD COLUMN day TEXT NOT NULL DEFAULT '';
ALTER TABLE platforms ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
