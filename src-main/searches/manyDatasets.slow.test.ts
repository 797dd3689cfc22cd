import { randomUUID } from 'node:crypto'
import { linkSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ruleSteps } from '../testing/ruleSteps.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('manyDatasets')
const { call } = program
const { importText, newHunt } = ruleSteps(program)

/** More than one answer of datasets.list holds. */
const MANY = 503

/** Makes many datasets of one, without importing each: the same file under other ids. */
async function multiply(id: string): Promise<void> {
  await program.end()
  const db = new Database(join(program.folder, 'workspace.db'))
  const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('datasets')`).all()
  const others = columns.map(({ name }) => name).filter((name) => name !== 'id')
  const copy = db.prepare(
    `INSERT INTO datasets (id, ${others.join()}) SELECT ?, ${others.join()} FROM datasets WHERE id = ?`,
  )
  db.transaction(() => {
    for (let n = 1; n < MANY; n++) {
      const next = randomUUID()
      copy.run(next, id)
      linkSync(join(program.folder, 'datasets', `${id}.db`), join(program.folder, 'datasets', `${next}.db`))
    }
  })()
  db.close()
  await program.open()
}

it('a search counts every dataset of a hunt, also of one with more than an answer lists', async () => {
  const huntId = await newHunt('h')
  await multiply(await importText(huntId, 'a.csv', ['n,word', '1,needle', '2,hay']))
  const search = await call('searches.create', { huntId, name: 's', q: 'needle' })
  const run = await call('searches.run', { id: search.id })
  expect(run.total).toBe(MANY)
  expect(new Set(run.datasets.map(({ id }) => id)).size).toBe(MANY)
  const last = run.datasets.at(-1)?.id ?? ''
  await call('searches.update', { id: search.id, datasetId: last })
  expect(await call('searches.run', { id: search.id })).toMatchObject({ total: 1, datasets: [{ id: last }] })
}, 120_000)
