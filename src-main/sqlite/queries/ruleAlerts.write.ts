import { rmSync } from 'node:fs'
import type { AnalyzerFinding } from '../../analyzers/analyzer.ts'
import { beginOf, goesOn, placeOf } from '../../conditions/sameAlert.ts'
import type { WriteDb } from '../db.ts'
import { readFindings } from '../findingsFile.ts'
import { keep, UNTOUCHED, type KeptFindings } from './alerts.write.ts'
import { newestChange } from './readings.read.ts'

export type RuleRun = {
  huntId: string
  /** The first is the one whose turn it was, the others were asked together with it; `reading`: newestChange before the run. */
  datasets: readonly { id: string; reading: string | null }[]
  /** Null: nothing was found. */
  file: string | null
  /** What ran to its end, and the datasets whose alerts of it are stale where they were not found again. */
  ran: readonly { ruleId: string; datasetIds: readonly string[] }[]
}
export type KeptByRules = KeptFindings & { removed: number; left: number; createdIn: string[] }

/**
 * Keeps what rules found in datasets as alerts, all or none (see alerts.write.ts), and takes away the alerts of these
 * rules that they no longer find. Those about which somebody decided stay and are counted in `left`. An alert goes on
 * where another dataset, or a change of its rule, only gave it other rows: people keep what they decided. The file is removed however it
 * ends. Null where a dataset was read anew or another one deleted meanwhile; AppError 'not-found' where the first is gone.
 */
export function keepFound(db: WriteDb, run: RuleRun, now: number): KeptByRules | null {
  const { huntId, datasets, file } = run
  const [first, ...others] = datasets
  if (first === undefined) return null
  const alive = db.prepare<[string], { id: string }>('SELECT id FROM datasets WHERE id = ?')
  try {
    return db.transaction(() => {
      if (others.some(({ id, reading }) => !alive.get(id) || newestChange(db, id) !== reading)) return null
      const before = alertsBefore(db, run)
      const createdIn = new Set<string>()
      const findings = file === null ? [] : readFindings(file)
      const kept = keep(db, huntId, first.id, findings, now, first.reading, {
        goesOn: before.goesOn,
        each(id, { datasetId, created }) {
          before.seen(id)
          if (created) createdIn.add(datasetId)
        },
      })
      if (kept === null) return null
      const gone = before.dropOthers()
      return { ...kept, ...gone, createdIn: [...createdIn] }
    })()
  } finally {
    if (file !== null) rmSync(file, { force: true })
  }
}

type Known = { id: string; ruleId: string; datasetId: string; subject: string; untouched: boolean; age: number }

/** The alerts that these rules made in these datasets before. */
function alertsBefore(db: WriteDb, { huntId, ran }: RuleRun) {
  const ofRule = db.prepare<[string, string, string], Omit<Known, 'untouched'> & { untouched: number }>(
    `SELECT id, rule_id AS ruleId, dataset_id AS datasetId, subject, created_at AS age,
       ${UNTOUCHED} AS untouched FROM alerts WHERE rule_id = ? AND hunt_id = ? AND dataset_id = ?`,
  )
  const drop = db.prepare('DELETE FROM alerts WHERE id = ?')
  const left = new Map<string, Known>()
  /** By rule and the row where they began. */
  const begun = new Map<string, Known>()
  for (const { ruleId, datasetIds } of ran) {
    for (const datasetId of datasetIds) {
      for (const row of ofRule.all(ruleId, huntId, datasetId)) {
        const known = { ...row, untouched: row.untouched === 1 }
        left.set(known.id, known)
        const begin = beginOf(known)
        if (begin !== null) begun.set(`${ruleId} ${begin}`, known)
      }
    }
  }
  let removed = 0
  function dropped({ id }: Known): void {
    drop.run(id)
    left.delete(id)
    removed += 1
  }
  return {
    seen: (id: string): void => void left.delete(id),
    goesOn({ rule, subject, datasetId, evidence, again }: AnalyzerFinding): string | null {
      if (begun.size === 0 || rule === undefined) return null
      const ofOthers = new Set(again)
      const known = new Set<Known>()
      for (const place of evidence) {
        const name = placeOf(place.datasetId, place.row)
        const alert = ofOthers.has(name) ? undefined : begun.get(`${rule.id} ${name}`)
        if (alert && left.has(alert.id)) known.add(alert)
      }
      const chosen = goesOn(
        [...known].map((alert) => ({ ...alert, exact: alert.datasetId === datasetId && alert.subject === subject })),
      )
      // The subject may be that of one that is swallowed up.
      for (const alert of known) if (chosen && alert.id !== chosen.id && alert.untouched) dropped(alert)
      return chosen?.id ?? null
    },
    dropOthers(): { removed: number; left: number } {
      for (const known of [...left.values()]) if (known.untouched) dropped(known)
      return { removed, left: left.size }
    },
  }
}
