-- +goose Up

-- The redirects that led to a capture, as JSON.
ALTER TABLE captures ADD COLUMN chain TEXT COLLATE "C" NOT NULL DEFAULT 'null';

-- How far a backfill is with a source: whether all its pages are found.
CREATE TABLE backfills (
    backfill TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    found    BIGINT           NOT NULL, -- 1: yes
    PRIMARY KEY (backfill, source)
);

-- The pages that a backfill is to bring, each once.
CREATE TABLE frontier (
    backfill TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    url      TEXT COLLATE "C" NOT NULL, -- canonical
    position BIGINT           NOT NULL, -- in the order found
    link     TEXT COLLATE "C" NOT NULL, -- JSON
    place    TEXT COLLATE "C" NOT NULL,
    state    TEXT COLLATE "C" NOT NULL,
    error    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (backfill, source, url)
);
CREATE INDEX frontier_waiting ON frontier (backfill, source, state, position);

-- Lists that a backfill has read on its way to the pages, until it has found them all.
CREATE TABLE frontier_notes (
    backfill TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    address  TEXT COLLATE "C" NOT NULL,
    capture  TEXT COLLATE "C" NOT NULL, -- JSON
    zstd     BYTEA            NOT NULL,
    PRIMARY KEY (backfill, source, address)
);
