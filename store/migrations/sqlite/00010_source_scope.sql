-- +goose Up

-- Whom a source's pages are about, as it was known.
ALTER TABLE sources ADD COLUMN scope TEXT NOT NULL DEFAULT '';
