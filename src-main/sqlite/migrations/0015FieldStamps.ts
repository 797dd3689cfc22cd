import type { WriteDb } from '../db.ts'
import { stampFields } from '../stampFields.ts'

/**
 * Who changed which field of a record when, so that a case file that comes back can be merged: kept by triggers, which no
 * write can forget. A field without a line is as its record was created. `seen`: by workspace, the time of the last change
 * that went into the value; `siblings`: values that people gave it without knowing of each other, NULL where there is one
 * (sharing/fields.ts). `replica` names this workspace in case files. `excerpt_rows`: of a dataset that came with its cited
 * rows only, the numbers that its rows have in the source, in blocks as in annotation_rows. `awaiting`: a dataset file that is
 * to take the place of the present one.
 */
export function fieldStamps0015(db: WriteDb): void {
  db.exec(`
    CREATE TABLE replica (id TEXT NOT NULL) STRICT;
    INSERT INTO replica VALUES (lower(hex(randomblob(8))));

    CREATE TABLE field_stamps (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      field TEXT NOT NULL,
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      seen TEXT NOT NULL,
      siblings TEXT,
      PRIMARY KEY (kind, id, field)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE excerpt_rows (
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      block INTEGER NOT NULL,
      n INTEGER NOT NULL,
      rows BLOB NOT NULL,
      PRIMARY KEY (dataset_id, block)
    ) STRICT;

    ALTER TABLE datasets ADD COLUMN excerpt_of INTEGER;
    ALTER TABLE datasets ADD COLUMN awaiting TEXT;
  `)
  stampFields(db, 'hunts', ['name', 'description', 'status'])
  stampFields(db, 'datasets', ['name'])
  stampFields(db, 'rules', ['enabled', 'definition'])
  stampFields(db, 'alerts', ['severity', 'status', 'tags', 'case_id', 'assignee'])
  stampFields(db, 'annotations', ['text', 'severity', 'tag', 'colour'])
  stampFields(db, 'hypotheses', ['title', 'text', 'status', 'reason', 'mitre_technique'])
  stampFields(db, 'searches', ['definition'])
  stampFields(db, 'keyword_themes', ['name', 'colour', 'enabled'], 'themes')
  stampFields(db, 'keywords', ['kind', 'text', 'enabled'])
}
