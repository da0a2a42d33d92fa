-- +goose Up

-- What stands for how a source's file said, on that run, that its pages are found: what a
-- source usually gives is learnt from the runs on the present declaration alone.
ALTER TABLE run_sources ADD COLUMN declared TEXT NOT NULL DEFAULT '';
