-- +goose Up

-- A page of a source, kept whole, against which others of its source are packed: they
-- share the site around.
CREATE TABLE bases (
    digest TEXT      NOT NULL PRIMARY KEY,
    source TEXT      NOT NULL,
    made   TIMESTAMP NOT NULL,
    zstd   BLOB      NOT NULL
);
CREATE INDEX bases_source ON bases (source, made);

-- What zstd needs beside the body: a dictionary of raw content. NULL: nothing.
ALTER TABLE bodies ADD COLUMN basis TEXT REFERENCES bases;
