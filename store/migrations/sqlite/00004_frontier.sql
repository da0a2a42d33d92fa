-- +goose Up

-- The redirects that led to a capture, as JSON.
ALTER TABLE captures ADD COLUMN chain TEXT NOT NULL DEFAULT 'null';

-- How far a backfill is with a source: whether all its pages are found.
CREATE TABLE backfills (
    backfill TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    found    INTEGER NOT NULL, -- 1: yes
    PRIMARY KEY (backfill, source)
);

-- The pages that a backfill is to bring, each once.
CREATE TABLE frontier (
    backfill TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    url      TEXT    NOT NULL, -- canonical
    position INTEGER NOT NULL, -- in the order found
    link     TEXT    NOT NULL, -- JSON
    place    TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    error    TEXT    NOT NULL,
    PRIMARY KEY (backfill, source, url)
);
CREATE INDEX frontier_waiting ON frontier (backfill, source, state, position);

-- Lists that a backfill has read on its way to the pages, until it has found them all.
CREATE TABLE frontier_notes (
    backfill TEXT NOT NULL,
    source   TEXT NOT NULL,
    address  TEXT NOT NULL,
    capture  TEXT NOT NULL, -- JSON
    zstd     BLOB NOT NULL,
    PRIMARY KEY (backfill, source, address)
);
