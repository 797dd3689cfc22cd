import type { Hunt } from '#contract/hunts'
import type { CaseContent } from '../reporting/content.ts'
import type { Store } from '../worker/pool.ts'

/** Rules that are asked for; a workspace with more names the first by name. */
const RULES_MAX = 500

/** Rules that ran over hunts and found nothing in them, and keyword scans without a hit. */
export async function searchedWithoutResult(
  store: Store,
  hunts: readonly Hunt[],
  signal: AbortSignal,
): Promise<CaseContent['searched']> {
  const searched: CaseContent['searched'] = []
  for (const hunt of hunts) {
    const { rules } = await store.read({ signal }).rules.list({ huntId: hunt.id, limit: RULES_MAX, offset: 0 })
    for (const rule of rules)
      if (rule.lastRunAt !== null && rule.enabled && rule.alerts === 0)
        searched.push({
          what: `Rule: ${rule.name}`,
          where: hunt.name,
          when: rule.lastRunAt,
          result: 'no alert in this hunt',
        })
    const { scans } = await store.read({ signal }).keywords.counts({ huntId: hunt.id })
    for (const scan of scans)
      if (scan.hits === 0)
        searched.push({
          what: 'Keywords of all themes',
          where: `${hunt.name}: ${scan.dataset}`,
          when: scan.at,
          result: `no hit in ${scan.rows.toLocaleString('en-US')} rows`,
        })
  }
  return searched
}
