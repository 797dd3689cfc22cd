import type { CaseActivity, CaseVerification } from '#contract/cases'
import type { CaseAct } from '#contract/values'
import { type ChainEntry, firstBroken } from '../caseChain.ts'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

/** What was done in a case, newest first. */
export function activity(
  db: ReadDb,
  caseId: string,
  limit: number,
  offset: number,
): { activity: CaseActivity[]; total: number } {
  const rows = db
    .prepare<[string, number, number], ChainEntry & { act: CaseAct }>(
      'SELECT * FROM case_activity WHERE case_id = ? ORDER BY at DESC, chain, n DESC LIMIT ? OFFSET ?',
    )
    .all(caseId, limit, offset)
  const total =
    db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM case_activity WHERE case_id = ?').get(caseId)?.n ?? 0
  return {
    activity: rows.map(({ id, at, by, act, about, text, changes, chain, n, hash }) => ({
      ...{ id, at: isoOfMs(at), by, act, about, text, chain, n, hash },
      changes: changesOf(changes),
    })),
    total,
  }
}

type Change = CaseActivity['changes'][number]

/** Written by this program as a list; what came from elsewhere or was altered may be anything. */
function changesOf(json: string): Change[] {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  try {
    const list: unknown = JSON.parse(json)
    if (!Array.isArray(list)) return []
    return list.flatMap((item: unknown): Change[] =>
      typeof item === 'object' && item !== null && 'field' in item && typeof item.field === 'string'
        ? [
            {
              field: item.field,
              from: 'from' in item ? text(item.from) : null,
              to: 'to' in item ? text(item.to) : null,
            },
          ]
        : [],
    )
  } catch {
    return []
  }
}

/** Checks every chain of a case; the first entry that does not hold, by time, is named. */
export function verify(db: ReadDb, caseId: string): CaseVerification {
  const heads = new Map(
    db
      .prepare<[string], { chain: string; n: number; hash: string }>(
        'SELECT chain, n, hash FROM case_heads WHERE case_id = ?',
      )
      .all(caseId)
      .map((head) => [head.chain, head]),
  )
  const counted = db
    .prepare<[string], { chain: string; entries: number }>(
      'SELECT chain, count(*) AS entries FROM case_activity WHERE case_id = ? GROUP BY chain',
    )
    .all(caseId)
  const entriesOf = new Map(counted.map(({ chain, entries }) => [chain, entries]))
  const names = [...new Set([...heads.keys(), ...entriesOf.keys()])].sort()
  const select = db.prepare<[string, string], ChainEntry>(
    'SELECT * FROM case_activity WHERE case_id = ? AND chain = ? ORDER BY n',
  )
  const broken = names
    .flatMap((chain) => firstBroken(chain, select.iterate(caseId, chain), heads.get(chain) ?? null) ?? [])
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))[0]
  return {
    intact: broken === undefined,
    entries: counted.reduce((sum, { entries }) => sum + entries, 0),
    chains: names.map((chain) => ({
      chain,
      entries: entriesOf.get(chain) ?? 0,
      hash: heads.get(chain)?.hash ?? '',
    })),
    broken: broken ? { ...broken, at: broken.at === null ? null : isoOfMs(broken.at) } : null,
  }
}
