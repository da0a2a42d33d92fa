-- +goose Up

-- The reports that were made for a region, in the order in which they were.
CREATE TABLE editions (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id       TEXT COLLATE "C"      NOT NULL UNIQUE,
    region   TEXT COLLATE "C"      NOT NULL,
    known    TIMESTAMPTZ NOT NULL, -- as of when the store was read
    state    TEXT COLLATE "C"      NOT NULL,
    edition  TEXT COLLATE "C"      NOT NULL, -- JSON
    content  BYTEA      NOT NULL  -- what it delivered, row by row: JSON, as zstd packs it
);
CREATE INDEX editions_region ON editions (region, position);

-- The files of each, by their digest: what is none of these was changed by somebody.
CREATE TABLE edition_files (
    edition TEXT COLLATE "C" NOT NULL REFERENCES editions (id),
    name    TEXT COLLATE "C" NOT NULL,
    digest  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (edition, name)
);
CREATE INDEX edition_files_digest ON edition_files (digest);

-- Workbooks that were sent back and whose decisions are in the journal.
CREATE TABLE imports (
    digest      TEXT COLLATE "C"      NOT NULL PRIMARY KEY,
    imported_by TEXT COLLATE "C"      NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL
);

-- Who speaks on a source's pages, from when on we knew it so; only ever appended.
CREATE TABLE sources (
    source     TEXT COLLATE "C"      NOT NULL,
    known_from TIMESTAMPTZ NOT NULL,
    publisher  TEXT COLLATE "C"      NOT NULL,
    kind       TEXT COLLATE "C"      NOT NULL,
    list       TEXT COLLATE "C"      NOT NULL, -- of which its pages are the official list; empty: articles
    PRIMARY KEY (source, known_from)
);

-- When the archive got a capture: an old page brought late was not known before.
ALTER TABLE captures ADD COLUMN noted TIMESTAMPTZ;
UPDATE captures SET noted = first_seen;

-- The ledger is only ever appended to, so that it can be read as it was.
ALTER TABLE tolls RENAME TO tolls_once;
CREATE TABLE tolls (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    noted    TIMESTAMPTZ NOT NULL,
    night    TEXT COLLATE "C"      NOT NULL,
    source   TEXT COLLATE "C"      NOT NULL,
    site     TEXT COLLATE "C"      NOT NULL,
    requests BIGINT   NOT NULL,
    bytes    BIGINT   NOT NULL,
    refusals BIGINT   NOT NULL
);
INSERT INTO tolls (noted, night, source, site, requests, bytes, refusals)
    SELECT (night || ' 00:00:00+00')::timestamptz, night, source, site, requests, bytes, refusals FROM tolls_once;
DROP TABLE tolls_once;
CREATE INDEX tolls_night ON tolls (source, night);
