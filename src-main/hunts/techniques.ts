import { existsSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'

/** Names of ATT&CK techniques. An id that is not in the list is named by itself. */
export type Techniques = { named(id: string): { name: string; tactics: string[] } }

/** Reads the ATT&CK techniques that ship with the program (Enterprise matrix; resources/attack says which version). */
export function readTechniques(path: string): Techniques {
  const known = new Map<string, { name: string; tactics: string[] }>()
  if (existsSync(path)) {
    const parsed = Papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), {
      header: true,
      skipEmptyLines: true,
    })
    for (const row of parsed.data) {
      const tactics = (row['tactics'] ?? '').split(/[;,|]\s*/).filter((tactic) => tactic !== '')
      known.set(row['id'] ?? '', { name: row['name'] ?? '', tactics })
    }
  }
  return { named: (id) => known.get(id) ?? { name: id, tactics: [] } }
}
