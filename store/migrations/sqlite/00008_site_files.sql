-- +goose Up

-- What sites say of themselves to those who come by machine: robots.txt, tdmrep.json.
-- Kept for a day, and for longer while the site cannot be reached (RFC 9309).
CREATE TABLE site_files (
    site  TEXT      NOT NULL, -- scheme and host
    name  TEXT      NOT NULL, -- the file's path
    asked TIMESTAMP NOT NULL,
    zstd  BLOB      NOT NULL, -- nothing, where the site has no such file
    PRIMARY KEY (site, name)
);
