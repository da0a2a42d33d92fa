-- +goose Up

-- What was not asked of a site in a night because its robots.txt forbids it.
ALTER TABLE tolls ADD COLUMN forbidden BIGINT NOT NULL DEFAULT 0;
