import { randomUUID } from 'node:crypto'
import type { CaseAct } from '#contract/values'
import { CHAIN_START, entryHash } from '../caseChain.ts'
import type { WriteDb } from '../db.ts'

/** Who acts and when, in milliseconds. */
export type CaseActor = { by: string; now: number }
export type Told = {
  act: CaseAct
  about?: string
  text: string
  changes?: { field: string; from: string | null; to: string | null }[]
}

/** Texts of changes are kept so far, in characters: the activity says that something changed, the thing itself has the text. */
const TEXT_KEPT = 500

/** Writes what was done as the next entry of this workspace's chain of the case. Call it inside the transaction of the act. */
export function tell(db: WriteDb, caseId: string, told: Told, { by, now }: CaseActor): void {
  const chain = db.prepare<[], { id: string }>('SELECT id FROM case_chain').get()?.id
  if (chain === undefined) throw new Error('The workspace has no chain for the activity of cases.')
  const head = db
    .prepare<[string, string], { n: number; hash: string }>(
      'SELECT n, hash FROM case_heads WHERE case_id = ? AND chain = ?',
    )
    .get(caseId, chain)
  const cut = (text: string | null): string | null =>
    text === null || text.length <= TEXT_KEPT ? text : `${text.slice(0, TEXT_KEPT)}…`
  const changes = (told.changes ?? []).map(({ field, from, to }) => ({ field, from: cut(from), to: cut(to) }))
  const entry = {
    case_id: caseId,
    chain,
    n: (head?.n ?? 0) + 1,
    id: randomUUID(),
    at: now,
    by,
    act: told.act,
    about: told.about ?? '',
    text: cut(told.text) ?? '',
    changes: JSON.stringify(changes),
    previous: head?.hash ?? CHAIN_START,
  }
  const hash = entryHash(entry)
  db.prepare(
    `INSERT INTO case_activity (case_id, chain, n, id, at, by, act, about, text, changes, previous, hash)
     VALUES (:case_id, :chain, :n, :id, :at, :by, :act, :about, :text, :changes, :previous, :hash)`,
  ).run({ ...entry, hash })
  db.prepare(
    `INSERT INTO case_heads (case_id, chain, n, hash) VALUES (:case_id, :chain, :n, :hash)
     ON CONFLICT (case_id, chain) DO UPDATE SET n = excluded.n, hash = excluded.hash`,
  ).run({ case_id: caseId, chain, n: entry.n, hash })
}
