-- +goose Up

-- How each platform of sites bears us; all processes that ask the web go by it.
CREATE TABLE platforms (
    name    TEXT      NOT NULL PRIMARY KEY,
    next    TIMESTAMP, -- nobody asks before
    refused INTEGER   NOT NULL DEFAULT 0, -- from here: a Standing
    trips   INTEGER   NOT NULL DEFAULT 0,
    until   TIMESTAMP,
    why     TEXT      NOT NULL DEFAULT ''
);

-- What each site was made to bear in each night.
CREATE TABLE tolls (
    night    TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    site     TEXT    NOT NULL,
    requests INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    refusals INTEGER NOT NULL,
    PRIMARY KEY (source, night, site)
);

-- Feeds, sitemaps and listings as they were last, so that an unchanged one need not be
-- sent again. They are no documents: the newest body replaces the one before.
CREATE TABLE entries (
    source  TEXT NOT NULL,
    url     TEXT NOT NULL,
    capture TEXT NOT NULL, -- JSON
    zstd    BLOB NOT NULL,
    PRIMARY KEY (source, url)
);

-- When a document was last looked at and in order, and what discovery then said of its
-- last change: a page that has not changed since is not asked for.
ALTER TABLE documents ADD COLUMN checked TIMESTAMP;
ALTER TABLE documents ADD COLUMN modified TIMESTAMP;

-- The words by which a page keeps machines from mining it.
ALTER TABLE captures ADD COLUMN opt_out TEXT NOT NULL DEFAULT '';
