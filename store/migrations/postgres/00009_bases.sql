-- +goose Up

-- A page of a source, kept whole, against which others of its source are packed: they
-- share the site around.
CREATE TABLE bases (
    digest TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    source TEXT COLLATE "C" NOT NULL,
    made   TIMESTAMPTZ NOT NULL,
    zstd   BYTEA NOT NULL
);
CREATE INDEX bases_source ON bases (source, made);

-- What zstd needs beside the body: a dictionary of raw content. NULL: nothing.
ALTER TABLE bodies ADD COLUMN basis TEXT COLLATE "C" REFERENCES bases;
