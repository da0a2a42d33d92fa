-- +goose Up

-- What is written of a page in order ends its failures: to know which pages have any, only
-- those that are open are looked at.
CREATE INDEX failures_unmended ON failures (document) WHERE mended IS NULL;

-- Some were left open though the page had come: by another source, by an import.
UPDATE failures SET mended = (SELECT d.checked FROM documents d WHERE d.id = failures.document)
    WHERE mended IS NULL AND EXISTS (SELECT 1 FROM documents d WHERE d.id = failures.document AND d.checked >= failures.last_failed);
