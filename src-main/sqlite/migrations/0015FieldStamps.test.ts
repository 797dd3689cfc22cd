import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'

it('says of fields that change from now on who changed them when, and forgets it with the record', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0015-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 14)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  migrate(db, join(folder, 'backups'), 15)
  const stamps = () =>
    db.prepare<[], { field: string; at: number; by: string; seen: string }>('SELECT * FROM field_stamps').all()
  expect(stamps()).toEqual([])
  db.exec(`UPDATE hunts SET name = 'other', updated_at = 2; UPDATE hunts SET name = 'other'`)
  const [first] = stamps()
  expect(first).toMatchObject({ field: 'name', by: expect.stringMatching(/^[0-9a-f]{16}$/) })
  expect(JSON.parse(first?.seen ?? '')).toEqual({ [first?.by ?? '']: first?.at })
  db.exec(`UPDATE field_stamps SET at = 9000000000000, by = 'x', seen = '{"x":9000000000000}', siblings = '[]'`)
  db.exec(`UPDATE hunts SET name = 'third'`)
  const [later] = stamps()
  expect(later).toMatchObject({ at: 9_000_000_000_001, by: first?.by, siblings: null })
  expect(JSON.parse(later?.seen ?? '')).toEqual({ x: 9_000_000_000_000, [first?.by ?? '']: 9_000_000_000_001 })
  db.exec('DELETE FROM hunts')
  expect(stamps()).toEqual([])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
