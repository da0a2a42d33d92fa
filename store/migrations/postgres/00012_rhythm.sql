-- +goose Up

-- The newest item that a source's lists name, whatever it is about, and how many days lie
-- between two of them: by these a silence is ordinary or is not.
ALTER TABLE run_sources ADD COLUMN latest TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE run_sources ADD COLUMN rhythm BIGINT NOT NULL DEFAULT 0;
