-- +goose Up
-- Why a body is no content, however good its status: a challenge, a soft 404. Empty: it is.
ALTER TABLE captures ADD COLUMN fault TEXT NOT NULL DEFAULT '';
