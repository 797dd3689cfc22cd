import { existsSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { AttackTechnique } from '#contract/attack'

/** Of the techniques in resources/attack, as NOTICE.md says it. */
export const ATTACK_VERSION = '18'

/** The ATT&CK techniques. An id that is not in the list is named by itself. */
export type Techniques = {
  named(id: string): { name: string; tactics: string[] }
  /** Those in use, by id. */
  all: readonly AttackTechnique[]
}

/** Reads the ATT&CK techniques that ship with the program (Enterprise matrix; resources/attack says which version). */
export function readTechniques(path: string): Techniques {
  const rows = existsSync(path)
    ? Papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data
    : []
  const known = new Map(
    rows.map((row) => {
      const tactics = (row['tactics'] ?? '').split(/[;,|]\s*/).filter((tactic) => tactic !== '')
      return [row['id'] ?? '', { name: row['name'] ?? '', tactics, active: row['state'] === 'active' }]
    }),
  )
  const all = [...known].flatMap(([id, { name, tactics, active }]): AttackTechnique[] => {
    const above = id.split('.')[0] ?? id
    const parent = above === id ? null : { id: above, name: known.get(above)?.name ?? above }
    return active ? [{ id, name, tactics, parent }] : []
  })
  return {
    named: (id) => {
      const { name, tactics } = known.get(id) ?? { name: id, tactics: [] }
      return { name, tactics }
    },
    all,
  }
}
