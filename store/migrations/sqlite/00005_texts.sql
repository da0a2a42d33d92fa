-- +goose Up

-- Where a page fits neither itself nor the official lists: JSON, words in French.
ALTER TABLE readings ADD COLUMN questions TEXT NOT NULL DEFAULT 'null';

-- What tells a text that others repeat.
ALTER TABLE readings ADD COLUMN text_print TEXT NOT NULL DEFAULT '';
