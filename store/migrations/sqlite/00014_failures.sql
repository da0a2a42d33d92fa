-- +goose Up

-- Pages that were asked for in vain: a row of times that one failed in one way. It may be
-- of no document, where the page never came. Nothing is deleted: it is evidence.
CREATE TABLE failures (
    document     TEXT      NOT NULL,
    source       TEXT      NOT NULL, -- that asked
    url          TEXT      NOT NULL,
    kind         TEXT      NOT NULL,
    error        TEXT      NOT NULL, -- the last time
    first_failed TIMESTAMP NOT NULL,
    last_failed  TIMESTAMP NOT NULL,
    times        INTEGER   NOT NULL,
    mended       TIMESTAMP, -- when the page came again
    PRIMARY KEY (document, source, first_failed, kind)
);
CREATE INDEX failures_failing ON failures (source, mended, last_failed);
