import type { WriteDb } from '../db.ts'

/** What people make and delete: the name of the kind in case files, its table, and the table and column of what it belongs to. */
const KINDS = [
  { kind: 'rules', table: 'rules', of: null },
  { kind: 'annotations', table: 'annotations', of: ['datasets', 'dataset_id'] },
  { kind: 'hypotheses', table: 'hypotheses', of: ['hunts', 'hunt_id'] },
  { kind: 'searches', table: 'searches', of: null },
  { kind: 'themes', table: 'keyword_themes', of: null },
  { kind: 'keywords', table: 'keywords', of: ['keyword_themes', 'theme_id'] },
  { kind: 'intelLists', table: 'intel_lists', of: null },
  { kind: 'maps', table: 'maps', of: ['hunts', 'hunt_id'] },
  { kind: 'hostChanges', table: 'host_changes', of: ['hunts', 'hunt_id'] },
  { kind: 'cases', table: 'cases', of: null },
  { kind: 'caseTasks', table: 'case_tasks', of: ['cases', 'case_id'] },
  { kind: 'caseNotes', table: 'case_notes', of: ['cases', 'case_id'] },
] as const
/** Of these a deletion can be undone for a while, in which they stand in their table with its time. */
const UNDONE = ['annotations', 'hypotheses', 'maps', 'cases', 'case_tasks', 'case_notes']

/**
 * Remembers what was deleted (`at` in milliseconds since 1970), so that a case file which still holds it says so before it
 * brings it back. What goes with the hunt, dataset, theme or case that it belongs to is not remembered: that comes back with it.
 */
export function deletions0021(db: WriteDb): void {
  db.exec(`
    CREATE TABLE deleted_records (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
  `)
  for (const { kind, table, of } of KINDS) {
    const now = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`
    const at = UNDONE.includes(table) ? `coalesce(OLD.deleted_at, ${now})` : now
    const alone = of === null ? '' : `WHEN EXISTS (SELECT 1 FROM ${of[0]} WHERE id = OLD.${of[1]})`
    db.exec(`
      CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table} ${alone}
      BEGIN
        INSERT OR REPLACE INTO deleted_records (kind, id, at) VALUES ('${kind}', OLD.id, ${at});
      END;
      CREATE TRIGGER ${table}_back AFTER INSERT ON ${table}
      BEGIN
        DELETE FROM deleted_records WHERE kind = '${kind}' AND id = NEW.id;
      END;
    `)
  }
}
