import { AppError } from '#contract/appError'
import type { BrowserSignature } from '#contract/soc'
import { browserFamilies } from '#contract/values'
import type { HandlersOf } from '../rpc/handlers.ts'
import { readRows } from './columns.ts'
import type { SocServer } from './server.ts'
import type { SocDeps } from './socHandlers.ts'
import { decimal, placed, sql, text, type Sql } from './sql.ts'
import { mayWrite, reload } from './writing.ts'

type Calls = 'soc.addBrowserSignature' | 'soc.deleteBrowserSignature'
const DICTIONARY = 'dict_browser_h2'
/** Rows with one fingerprint that are told of; others wrote them, since one is enough. */
const SAME_MAX = 100

/** Signatures of browsers in HTTP/2: a table, and the dictionary that is made of it. */
export function signatureHandlers({ events, server }: SocDeps): Pick<HandlersOf<'soc'>, Calls> {
  const changed = (connection: string): void => events.emit('soc.changed', { connection, what: 'browserSignatures' })
  return {
    'soc.addBrowserSignature': async ({ connection, signature }) => {
      const there = await server(connection)
      mayWrite(there)
      const [known] = await find(there, signature.fingerprint)
      if (known)
        throw new AppError('conflict', `This fingerprint is there already, as ${known.family}. Delete it first.`, {
          family: known.family,
        })
      const { fingerprint, family, confidence, notes } = signature
      await run(
        there,
        sql`INSERT INTO ${table(there)} (h2_fingerprint, browser_family, confidence, notes)
VALUES (${text('fingerprint', fingerprint)}, ${text('family', family)}, ${decimal('confidence', confidence)}, ${text('notes', notes)})`,
      )
      const reloaded = await reload(there, DICTIONARY)
      changed(connection)
      return { signature, reloaded }
    },
    'soc.deleteBrowserSignature': async ({ connection, fingerprint }) => {
      const there = await server(connection)
      mayWrite(there)
      const deleted = await find(there, fingerprint)
      if (deleted.length === 0) throw new AppError('not-found', 'There is no such fingerprint.', { fingerprint })
      await run(
        there,
        sql`ALTER TABLE ${table(there)} DELETE WHERE h2_fingerprint = ${text('fingerprint', fingerprint)}
SETTINGS mutations_sync = 1`,
      )
      const reloaded = await reload(there, DICTIONARY)
      changed(connection)
      return { deleted, reloaded }
    },
  }
}

const table = ({ databases }: SocServer): Sql => placed(databases.processing, 'browser_h2_signatures')

const run = async ({ clickhouse }: SocServer, { text: statement, params }: Sql): Promise<void> =>
  void (await clickhouse.run({ sql: statement, params: { ...params } }))

async function find(there: SocServer, fingerprint: string): Promise<BrowserSignature[]> {
  const { text: statement, params } = sql`SELECT h2_fingerprint, browser_family, confidence, notes
FROM ${table(there)}
WHERE h2_fingerprint = ${text('fingerprint', fingerprint)}`
  const { columns, rows } = await there.clickhouse.ask({
    sql: statement,
    params: { ...params },
    limits: { ...there.limits, rows: SAME_MAX, overflow: 'cut' },
  })
  const names = columns.map(({ name }) => name)
  const read = readRows(
    { h2_fingerprint: 'text', browser_family: 'text', confidence: 'number', notes: 'text' },
    names,
    rows,
  )
  return read.rows.map((row) => ({
    fingerprint: String(row['h2_fingerprint'] ?? ''),
    family: browserFamilies.find((family) => family === row['browser_family']) ?? 'Other',
    // Kept in four bytes: 0.9 comes back as 0.9, not as 0.8999999761581421.
    confidence: Math.min(1, Math.max(0, Number(Number(row['confidence'] ?? 1).toPrecision(7)))),
    notes: String(row['notes'] ?? ''),
  }))
}
