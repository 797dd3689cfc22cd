import { z } from 'zod'
import { indicatorTypes, listPurposes, verdicts } from '#contract/values'
import {
  count,
  created,
  flag,
  id,
  jsonOf,
  moment,
  oneOf,
  text,
  updated,
  word,
  type ColumnSpec,
  type Kind,
} from '../kind.ts'

/** A list goes as one record, which is held in memory: lists with more indicators cannot go. */
export const INDICATORS_MAX = 100_000

/** A list is one thing: of two versions the one that was changed last holds, with its indicators. */
const ofNewer = (check: ColumnSpec['check']): ColumnSpec => ({ check, follows: 'updated_at' })
/** Verdicts are kept by their place in the contract. */
const verdict = z
  .number()
  .int()
  .min(0)
  .max(verdicts.length - 1)
const counted = z.array(
  z.object({ type: z.enum(indicatorTypes), verdict: z.union([z.enum(verdicts), z.literal('')]), count }),
)
const share = z.number().int().min(0).max(100)

/** An address and the length of its prefix: whoever looks into a list shifts by it. */
function isNetwork(text: string): boolean {
  const [, address, bits] = /^([0-9a-f.:]{2,50})\/(\d{1,3})$/.exec(text) ?? []
  return address !== undefined && Number(bits) <= (address.includes(':') ? 128 : 32)
}

/** Lists of indicators that were chosen. Lines that were not understood stay at home. */
export const intelLists: Kind = {
  noun: 'intelLists',
  table: 'intel_lists',
  scope: `t.own = 0 AND t.indicators <= ${INDICATORS_MAX} AND t.id IN (SELECT value FROM json_each(:lists))`,
  title: 'name',
  columns: {
    id,
    updated_at: updated,
    name: ofNewer(word.min(1)),
    purpose: { check: oneOf(listPurposes) },
    enabled: ofNewer(flag),
    verdict: ofNewer(verdict),
    source: ofNewer(word.nullable()),
    confidence: ofNewer(share.nullable()),
    expires_at: ofNewer(moment.nullable()),
    subdomains: ofNewer(flag),
    file: ofNewer(z.string().max(2_000).nullable()),
    format: ofNewer(text),
    indicators: ofNewer(count.max(INDICATORS_MAX)),
    duplicates: ofNewer(count),
    counts: ofNewer(jsonOf(counted)),
    created_at: created,
  },
  own: {
    rejected: '0',
    own: '0',
    // A number that no list ever had, as queries/intel.write.ts gives them.
    content: `(SELECT max(coalesce(max(content), 0) + 1, CAST(unixepoch('subsec') * 1000 AS INTEGER)) FROM intel_lists)`,
  },
  lists: {
    indicators: {
      table: 'intel_indicators',
      parent: 'content',
      key: '(SELECT content FROM intel_lists WHERE id = ?)',
      columns: {
        type: { check: oneOf(indicatorTypes) },
        value: { check: z.string().min(1).max(10_000) },
        subdomains: { check: flag },
        verdict: { check: verdict.nullable() },
        confidence: { check: share.nullable() },
        source: { check: text.nullable() },
        note: { check: text.nullable() },
        expires_at: { check: moment.nullable() },
        line: { check: count },
      },
      fits: ([type, value]) => type !== 'network' || isNetwork(String(value)),
      same: ['type', 'value'],
      merge: 'newer',
      orderBy: 'type, value',
    },
  },
}
