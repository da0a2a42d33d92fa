-- +goose Up

-- How each platform of sites bears us; all processes that ask the web go by it.
CREATE TABLE platforms (
    name    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    next    TIMESTAMPTZ, -- nobody asks before
    refused BIGINT   NOT NULL DEFAULT 0, -- from here: a Standing
    trips   BIGINT   NOT NULL DEFAULT 0,
    until   TIMESTAMPTZ,
    why     TEXT COLLATE "C" NOT NULL DEFAULT ''
);

-- What each site was made to bear in each night.
CREATE TABLE tolls (
    night    TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    site     TEXT COLLATE "C" NOT NULL,
    requests BIGINT NOT NULL,
    bytes    BIGINT NOT NULL,
    refusals BIGINT NOT NULL,
    PRIMARY KEY (source, night, site)
);

-- Feeds, sitemaps and listings as they were last, so that an unchanged one need not be
-- sent again. They are no documents: the newest body replaces the one before.
CREATE TABLE entries (
    source  TEXT COLLATE "C" NOT NULL,
    url     TEXT COLLATE "C" NOT NULL,
    capture TEXT COLLATE "C" NOT NULL, -- JSON
    zstd    BYTEA NOT NULL,
    PRIMARY KEY (source, url)
);

-- When a document was last looked at and in order, and what discovery then said of its
-- last change: a page that has not changed since is not asked for.
ALTER TABLE documents ADD COLUMN checked TIMESTAMPTZ;
ALTER TABLE documents ADD COLUMN modified TIMESTAMPTZ;

-- The words by which a page keeps machines from mining it.
ALTER TABLE captures ADD COLUMN opt_out TEXT COLLATE "C" NOT NULL DEFAULT '';
