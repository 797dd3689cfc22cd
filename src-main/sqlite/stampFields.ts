import type { WriteDb } from './db.ts'

/**
 * Makes triggers that keep, for each of these columns, when this workspace changed it last (table field_stamps). For
 * migrations: once for each table whose records travel in case files, with the name of its kind there. The time is always
 * later than that of any change that went into the value, however wrong a clock is.
 */
export function stampFields(db: WriteDb, table: string, columns: readonly string[], kind = table): void {
  for (const column of columns)
    db.exec(`
      CREATE TRIGGER ${table}_${column}_stamp AFTER UPDATE OF ${column} ON ${table} WHEN OLD.${column} IS NOT NEW.${column}
      BEGIN
        INSERT INTO field_stamps (kind, id, field, at, by, seen)
        SELECT '${kind}', NEW.id, '${column}', CAST(unixepoch('subsec') * 1000 AS INTEGER), id,
          json_object(id, CAST(unixepoch('subsec') * 1000 AS INTEGER)) FROM replica WHERE true
        ON CONFLICT (kind, id, field) DO UPDATE SET
          at = max(excluded.at, at + 1),
          by = excluded.by,
          seen = json_set(seen, '$."' || excluded.by || '"', max(excluded.at, at + 1)),
          siblings = NULL;
      END;
    `)
  db.exec(`
    CREATE TRIGGER ${table}_stamps_go AFTER DELETE ON ${table}
    BEGIN
      DELETE FROM field_stamps WHERE kind = '${kind}' AND id = OLD.id;
    END;
  `)
}
