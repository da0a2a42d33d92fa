-- +goose Up

-- What a correction makes of its record: a flat fact, as JSON.
ALTER TABLE decisions ADD COLUMN corrected TEXT NOT NULL DEFAULT '';

-- The sheet in which the row stood.
ALTER TABLE decisions ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
