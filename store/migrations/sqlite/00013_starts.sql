-- +goose Up

-- By which declaration of the source a backfill's pages were looked for, and when all were
-- found: another declaration finds others, and so does another month.
ALTER TABLE backfills ADD COLUMN how TEXT NOT NULL DEFAULT '';
ALTER TABLE backfills ADD COLUMN found_at TIMESTAMP;

-- And of each page, in how many starts of the backfill it was asked for in vain.
ALTER TABLE frontier ADD COLUMN how TEXT NOT NULL DEFAULT '';
ALTER TABLE frontier ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
DROP INDEX frontier_waiting;
CREATE INDEX frontier_waiting ON frontier (backfill, source, state, tries, position);
