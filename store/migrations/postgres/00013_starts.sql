-- +goose Up

-- By which declaration of the source a backfill's pages were looked for, and when all were
-- found: another declaration finds others, and so does another month.
ALTER TABLE backfills ADD COLUMN how TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE backfills ADD COLUMN found_at TIMESTAMPTZ;

-- And of each page, in how many starts of the backfill it was asked for in vain.
ALTER TABLE frontier ADD COLUMN how TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE frontier ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
DROP INDEX frontier_waiting;
CREATE INDEX frontier_waiting ON frontier (backfill, source, state, tries, position);
