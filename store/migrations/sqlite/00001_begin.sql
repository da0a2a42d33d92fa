-- +goose Up

-- "vigi": tells our files from those of other programs.
PRAGMA application_id = 1986619241;

-- A body as fetched and decoded, by the SHA-256 of what zstd gives back.
CREATE TABLE bodies (
    digest TEXT    NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    zstd   BLOB    NOT NULL
);

CREATE TABLE documents (
    id        TEXT NOT NULL PRIMARY KEY,
    url       TEXT NOT NULL,
    source    TEXT NOT NULL,
    title     TEXT NOT NULL,
    published TEXT NOT NULL
);
CREATE INDEX documents_source ON documents (source, id);

-- A stretch of time over which a document kept one body.
CREATE TABLE captures (
    document      TEXT      NOT NULL REFERENCES documents,
    first_seen    TIMESTAMP NOT NULL,
    last_seen     TIMESTAMP NOT NULL,
    digest        TEXT      NOT NULL REFERENCES bodies,
    url           TEXT      NOT NULL,
    final_url     TEXT      NOT NULL,
    via           TEXT      NOT NULL,
    status        INTEGER   NOT NULL,
    size          INTEGER   NOT NULL,
    media_type    TEXT      NOT NULL,
    encoding      TEXT      NOT NULL,
    etag          TEXT      NOT NULL,
    last_modified TEXT      NOT NULL,
    header        TEXT      NOT NULL, -- JSON
    PRIMARY KEY (document, first_seen, digest)
);
CREATE INDEX captures_newest ON captures (document, last_seen, first_seen);

-- Each time a document was read; the one in force has no known_until.
CREATE TABLE readings (
    document    TEXT       NOT NULL REFERENCES documents,
    known_from  TIMESTAMP  NOT NULL,
    known_until TIMESTAMP,
    digest      TEXT       NOT NULL,
    version     TEXT       NOT NULL,
    url         TEXT       NOT NULL, -- from here to updated: the citation
    publisher   TEXT       NOT NULL,
    title       TEXT       NOT NULL,
    published   TEXT       NOT NULL,
    updated     TEXT       NOT NULL,
    error       TEXT       NOT NULL,
    PRIMARY KEY (document, known_from)
);

-- What documents state. true_* is the world's clock, known_* is ours.
CREATE TABLE facts (
    id          INTEGER    NOT NULL PRIMARY KEY,
    key         TEXT       NOT NULL,
    document    TEXT       NOT NULL REFERENCES documents,
    kind        TEXT       NOT NULL,
    programme   TEXT       NOT NULL,
    scope       TEXT       NOT NULL,
    json        TEXT       NOT NULL, -- the flat fact, its citation left to the reading
    quote       TEXT       NOT NULL,
    quote_start INTEGER    NOT NULL, -- code points
    quote_end   INTEGER    NOT NULL,
    confidence  REAL       NOT NULL,
    true_from   TEXT       NOT NULL,
    true_until  TEXT       NOT NULL,
    known_from  TIMESTAMP  NOT NULL,
    known_until TIMESTAMP,
    end_reason  TEXT       NOT NULL DEFAULT '',
    version     TEXT       NOT NULL -- that first stated it so
);
CREATE INDEX facts_document ON facts (document, known_until);

-- What was read and not taken for a fact.
CREATE TABLE refusals (
    id          INTEGER    NOT NULL PRIMARY KEY,
    document    TEXT       NOT NULL REFERENCES documents,
    kind        TEXT       NOT NULL,
    what        TEXT       NOT NULL,
    reason      TEXT       NOT NULL,
    quote       TEXT       NOT NULL,
    quote_start INTEGER    NOT NULL,
    quote_end   INTEGER    NOT NULL,
    page        INTEGER    NOT NULL,
    confidence  REAL       NOT NULL,
    rule        TEXT       NOT NULL,
    known_from  TIMESTAMP  NOT NULL,
    known_until TIMESTAMP,
    end_reason  TEXT       NOT NULL DEFAULT '',
    version     TEXT       NOT NULL
);
CREATE INDEX refusals_document ON refusals (document, known_until);

CREATE TABLE runs (
    id           TEXT       NOT NULL PRIMARY KEY,
    job          TEXT       NOT NULL,
    window_since TEXT       NOT NULL,
    window_until TEXT       NOT NULL,
    started      TIMESTAMP  NOT NULL,
    ended        TIMESTAMP,
    error        TEXT       NOT NULL
);
CREATE INDEX runs_started ON runs (started);

CREATE TABLE run_sources (
    run      TEXT    NOT NULL REFERENCES runs,
    position INTEGER NOT NULL,
    source   TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    found    INTEGER NOT NULL,
    added    INTEGER NOT NULL,
    changed  INTEGER NOT NULL,
    same     INTEGER NOT NULL,
    failed   INTEGER NOT NULL,
    skipped  INTEGER NOT NULL,
    newest   TEXT    NOT NULL,
    error    TEXT    NOT NULL,
    PRIMARY KEY (run, position)
);

-- Who took a lock last: words for those whom it keeps waiting. The lock itself is
-- the operating system's.
CREATE TABLE locks (
    name   TEXT      NOT NULL PRIMARY KEY,
    holder TEXT      NOT NULL,
    since  TIMESTAMP NOT NULL
);

-- The journal of what analysts decided, in the order it came in; only ever appended.
CREATE TABLE decisions (
    position   INTEGER   NOT NULL PRIMARY KEY,
    id         TEXT      NOT NULL UNIQUE,
    key        TEXT      NOT NULL,
    verdict    TEXT      NOT NULL,
    correction TEXT      NOT NULL,
    why        TEXT      NOT NULL,
    decided_by TEXT      NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    quote      TEXT      NOT NULL,
    undoes     TEXT      REFERENCES decisions (id)
);
