-- +goose Up

-- COLLATE "C": the order of bytes, as SQLite sorts, whatever the server's language.

-- A body as fetched and decoded, by the SHA-256 of what zstd gives back.
CREATE TABLE bodies (
    digest TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    size   BIGINT           NOT NULL,
    zstd   BYTEA            NOT NULL
);

CREATE TABLE documents (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    url       TEXT COLLATE "C" NOT NULL,
    source    TEXT COLLATE "C" NOT NULL,
    title     TEXT COLLATE "C" NOT NULL,
    published TEXT COLLATE "C" NOT NULL
);
CREATE INDEX documents_source ON documents (source, id);

-- A stretch of time over which a document kept one body.
CREATE TABLE captures (
    document      TEXT COLLATE "C" NOT NULL REFERENCES documents,
    first_seen    TIMESTAMPTZ      NOT NULL,
    last_seen     TIMESTAMPTZ      NOT NULL,
    digest        TEXT COLLATE "C" NOT NULL REFERENCES bodies,
    url           TEXT COLLATE "C" NOT NULL,
    final_url     TEXT COLLATE "C" NOT NULL,
    via           TEXT COLLATE "C" NOT NULL,
    status        BIGINT           NOT NULL,
    size          BIGINT           NOT NULL,
    media_type    TEXT COLLATE "C" NOT NULL,
    encoding      TEXT COLLATE "C" NOT NULL,
    etag          TEXT COLLATE "C" NOT NULL,
    last_modified TEXT COLLATE "C" NOT NULL,
    header        TEXT COLLATE "C" NOT NULL, -- JSON
    PRIMARY KEY (document, first_seen, digest)
);
CREATE INDEX captures_newest ON captures (document, last_seen, first_seen);

-- Each time a document was read; the one in force has no known_until.
CREATE TABLE readings (
    document    TEXT COLLATE "C" NOT NULL REFERENCES documents,
    known_from  TIMESTAMPTZ      NOT NULL,
    known_until TIMESTAMPTZ,
    digest      TEXT COLLATE "C" NOT NULL,
    version     TEXT COLLATE "C" NOT NULL,
    url         TEXT COLLATE "C" NOT NULL, -- from here to updated: the citation
    publisher   TEXT COLLATE "C" NOT NULL,
    title       TEXT COLLATE "C" NOT NULL,
    published   TEXT COLLATE "C" NOT NULL,
    updated     TEXT COLLATE "C" NOT NULL,
    error       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (document, known_from)
);

-- What documents state. true_* is the world's clock, known_* is ours.
CREATE TABLE facts (
    id          BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key         TEXT COLLATE "C" NOT NULL,
    document    TEXT COLLATE "C" NOT NULL REFERENCES documents,
    kind        TEXT COLLATE "C" NOT NULL,
    programme   TEXT COLLATE "C" NOT NULL,
    scope       TEXT COLLATE "C" NOT NULL,
    json        TEXT COLLATE "C" NOT NULL, -- the flat fact, its citation left to the reading
    quote       TEXT COLLATE "C" NOT NULL,
    quote_start BIGINT           NOT NULL, -- code points
    quote_end   BIGINT           NOT NULL,
    confidence  DOUBLE PRECISION NOT NULL,
    true_from   TEXT COLLATE "C" NOT NULL,
    true_until  TEXT COLLATE "C" NOT NULL,
    known_from  TIMESTAMPTZ      NOT NULL,
    known_until TIMESTAMPTZ,
    end_reason  TEXT COLLATE "C" NOT NULL DEFAULT '',
    version     TEXT COLLATE "C" NOT NULL -- that first stated it so
);
CREATE INDEX facts_document ON facts (document, known_until);

-- What was read and not taken for a fact.
CREATE TABLE refusals (
    id          BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document    TEXT COLLATE "C" NOT NULL REFERENCES documents,
    kind        TEXT COLLATE "C" NOT NULL,
    what        TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL,
    quote       TEXT COLLATE "C" NOT NULL,
    quote_start BIGINT           NOT NULL,
    quote_end   BIGINT           NOT NULL,
    page        BIGINT           NOT NULL,
    confidence  DOUBLE PRECISION NOT NULL,
    rule        TEXT COLLATE "C" NOT NULL,
    known_from  TIMESTAMPTZ      NOT NULL,
    known_until TIMESTAMPTZ,
    end_reason  TEXT COLLATE "C" NOT NULL DEFAULT '',
    version     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX refusals_document ON refusals (document, known_until);

CREATE TABLE runs (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    job          TEXT COLLATE "C" NOT NULL,
    window_since TEXT COLLATE "C" NOT NULL,
    window_until TEXT COLLATE "C" NOT NULL,
    started      TIMESTAMPTZ      NOT NULL,
    ended        TIMESTAMPTZ,
    error        TEXT COLLATE "C" NOT NULL
);
CREATE INDEX runs_started ON runs (started);

CREATE TABLE run_sources (
    run      TEXT COLLATE "C" NOT NULL REFERENCES runs,
    position BIGINT           NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    state    TEXT COLLATE "C" NOT NULL,
    found    BIGINT           NOT NULL,
    added    BIGINT           NOT NULL,
    changed  BIGINT           NOT NULL,
    same     BIGINT           NOT NULL,
    failed   BIGINT           NOT NULL,
    skipped  BIGINT           NOT NULL,
    newest   TEXT COLLATE "C" NOT NULL,
    error    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run, position)
);

-- Who took a lock last: words for those whom it keeps waiting. The lock itself is
-- the server's, and ends with the session.
CREATE TABLE locks (
    name   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,
    since  TIMESTAMPTZ      NOT NULL
);

-- The journal of what analysts decided, in the order it came in; only ever appended.
CREATE TABLE decisions (
    position   BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    key        TEXT COLLATE "C" NOT NULL,
    verdict    TEXT COLLATE "C" NOT NULL,
    correction TEXT COLLATE "C" NOT NULL,
    why        TEXT COLLATE "C" NOT NULL,
    decided_by TEXT COLLATE "C" NOT NULL,
    decided_at TIMESTAMPTZ      NOT NULL,
    quote      TEXT COLLATE "C" NOT NULL,
    undoes     TEXT COLLATE "C" REFERENCES decisions (id)
);
