-- +goose Up

-- The reports that were made for a region, in the order in which they were.
CREATE TABLE editions (
    position INTEGER   NOT NULL PRIMARY KEY,
    id       TEXT      NOT NULL UNIQUE,
    region   TEXT      NOT NULL,
    known    TIMESTAMP NOT NULL, -- as of when the store was read
    state    TEXT      NOT NULL,
    edition  TEXT      NOT NULL, -- JSON
    content  BLOB      NOT NULL  -- what it delivered, row by row: JSON, as zstd packs it
);
CREATE INDEX editions_region ON editions (region, position);

-- The files of each, by their digest: what is none of these was changed by somebody.
CREATE TABLE edition_files (
    edition TEXT NOT NULL REFERENCES editions (id),
    name    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    PRIMARY KEY (edition, name)
);
CREATE INDEX edition_files_digest ON edition_files (digest);

-- Workbooks that were sent back and whose decisions are in the journal.
CREATE TABLE imports (
    digest      TEXT      NOT NULL PRIMARY KEY,
    imported_by TEXT      NOT NULL,
    imported_at TIMESTAMP NOT NULL
);

-- Who speaks on a source's pages, from when on we knew it so; only ever appended.
CREATE TABLE sources (
    source     TEXT      NOT NULL,
    known_from TIMESTAMP NOT NULL,
    publisher  TEXT      NOT NULL,
    kind       TEXT      NOT NULL,
    list       TEXT      NOT NULL, -- of which its pages are the official list; empty: articles
    PRIMARY KEY (source, known_from)
);

-- When the archive got a capture: an old page brought late was not known before.
ALTER TABLE captures ADD COLUMN noted TIMESTAMP;
UPDATE captures SET noted = first_seen;

-- The ledger is only ever appended to, so that it can be read as it was.
ALTER TABLE tolls RENAME TO tolls_once;
CREATE TABLE tolls (
    id       INTEGER   NOT NULL PRIMARY KEY,
    noted    TIMESTAMP NOT NULL,
    night    TEXT      NOT NULL,
    source   TEXT      NOT NULL,
    site     TEXT      NOT NULL,
    requests INTEGER   NOT NULL,
    bytes    INTEGER   NOT NULL,
    refusals INTEGER   NOT NULL
);
INSERT INTO tolls (noted, night, source, site, requests, bytes, refusals)
    SELECT night || ' 00:00:00+00:00', night, source, site, requests, bytes, refusals FROM tolls_once;
DROP TABLE tolls_once;
CREATE INDEX tolls_night ON tolls (source, night);
