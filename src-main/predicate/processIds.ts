import { columnsNamed, type Layout } from './fieldColumns.ts'
import type { Predicate } from './predicate.ts'

/** Fields whose cells are process ids: 4688 events write 0xa08 where Sysmon writes 2568. */
const PROCESS_IDS = ['pid', 'ppid']

/** The tree with each process id also in the other notation, so that `pid:2568` finds 0xa08 and `pid:0xa08` finds 2568. */
export function inBothNotations(
  predicate: Predicate,
  layout: Layout<{ name: string; header: string; fields: readonly string[] }>,
): Predicate {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return { op: predicate.op, parts: predicate.parts.map((part) => inBothNotations(part, layout)) }
    case 'not':
      return { op: 'not', part: inBothNotations(predicate.part, layout) }
    case 'match': {
      const { field, test } = predicate
      if (field === null || (test.kind !== 'contains' && test.kind !== 'equals')) return predicate
      const text = otherNotation(test.text)
      const ids = columnsNamed(field, layout).some(({ fields }) => PROCESS_IDS.some((id) => fields.includes(id)))
      if (text === null || !ids) return predicate
      return { op: 'or', parts: [predicate, { op: 'match', field, test: { kind: 'equals', text } }] }
    }
    default:
      return predicate
  }
}

/** Decimal as hexadecimal and the other way; null for what is no process id. */
function otherNotation(text: string): string | null {
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(text)) return `0x${Number(text).toString(16)}`
  const [, digits] = /^0x0*([0-9a-f]{1,12})$/i.exec(text) ?? []
  return digits === undefined ? null : String(Number.parseInt(digits, 16))
}
