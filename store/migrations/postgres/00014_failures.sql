-- +goose Up

-- Pages that were asked for in vain: a row of times that one failed in one way. It may be
-- of no document, where the page never came. Nothing is deleted: it is evidence.
CREATE TABLE failures (
    document     TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL, -- that asked
    url          TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    error        TEXT COLLATE "C" NOT NULL, -- the last time
    first_failed TIMESTAMPTZ NOT NULL,
    last_failed  TIMESTAMPTZ NOT NULL,
    times        BIGINT NOT NULL,
    mended       TIMESTAMPTZ, -- when the page came again
    PRIMARY KEY (document, source, first_failed, kind)
);
CREATE INDEX failures_failing ON failures (source, mended, last_failed);
