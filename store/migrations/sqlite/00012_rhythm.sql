-- +goose Up

-- The newest item that a source's lists name, whatever it is about, and how many days lie
-- between two of them: by these a silence is ordinary or is not.
ALTER TABLE run_sources ADD COLUMN latest TEXT NOT NULL DEFAULT '';
ALTER TABLE run_sources ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 0;
