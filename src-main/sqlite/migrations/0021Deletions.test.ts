import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { deletions0021 } from './0021Deletions.ts'
import { migrations } from './index.ts'

it('remembers from then on what was deleted by itself, and forgets it when it is there again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-deletions-'))
  const db = openWritable(join(folder, 'workspace.db'))
  const version = migrations.indexOf(deletions0021)
  migrate(db, join(folder, 'backups'), version)
  const addCase = `INSERT INTO cases VALUES ('c', 1, 't', '', 'low', 'RED', 'RED', 'open', 1, NULL, '[]', '', 1, 1, NULL, 77, '{}')`
  const addNote = (id: string): string => `INSERT INTO case_notes VALUES ('${id}', 'c', '', '', '', 1, 1, NULL, '{}')`
  db.exec(`${addCase}; ${addNote('one')}; ${addNote('two')}`)
  migrate(db, join(folder, 'backups'), version + 1)
  const remembered = () => db.prepare('SELECT kind, id, at FROM deleted_records ORDER BY id').all()
  expect(remembered()).toEqual([])
  db.exec(`DELETE FROM case_notes WHERE id = 'one'`)
  expect(remembered()).toEqual([{ kind: 'caseNotes', id: 'one', at: expect.any(Number) }])
  // The other note goes with its case.
  db.exec('DELETE FROM cases')
  expect(remembered()).toEqual([
    { kind: 'cases', id: 'c', at: 77 },
    { kind: 'caseNotes', id: 'one', at: expect.any(Number) },
  ])
  db.exec(`${addCase}; ${addNote('one')}`)
  expect(remembered()).toEqual([])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
