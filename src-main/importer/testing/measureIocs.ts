import { findIocs } from '../iocs.ts'

/** A text, and the indicators (type:value) that a person found in it. */
export type LabelledCell = readonly string[]

export type Measure = {
  precision: number
  recall: number
  /** Per kind of indicator: how many are there, found, and reported beside them. */
  kinds: Record<string, { there: number; found: number; beside: number }>
  /** Cells without any, and in how many of them something is reported. */
  without: number
  withoutWrong: number
  wrong: string[]
}

const KIND: Record<string, string> = { ipv4: 'address', ipv6: 'address', md5: 'hash', sha1: 'hash', sha256: 'hash' }

/** What is reported of labelled cells against what is there. */
export function measureIocs(cells: readonly LabelledCell[]): Measure {
  const kinds: Measure['kinds'] = {}
  const count = (ioc: string, what: 'there' | 'found' | 'beside'): void => {
    const type = ioc.slice(0, ioc.indexOf(':'))
    const line = (kinds[KIND[type] ?? type] ??= { there: 0, found: 0, beside: 0 })
    line[what]++
  }
  const wrong: string[] = []
  let without = 0
  let withoutWrong = 0
  for (const [text = '', ...expected] of cells) {
    const got = findIocs(text).map(({ type, value }) => `${type}:${value}`)
    const missed = [...expected]
    const beside = got.filter((ioc) => {
      const at = missed.indexOf(ioc)
      if (at >= 0) missed.splice(at, 1)
      return at < 0
    })
    for (const ioc of expected) count(ioc, 'there')
    for (const ioc of beside) count(ioc, 'beside')
    for (const ioc of expected) if (!missed.includes(ioc)) count(ioc, 'found')
    if (expected.length === 0) {
      without++
      if (got.length > 0) withoutWrong++
    }
    if (missed.length + beside.length > 0)
      wrong.push(`${text}: ${got.join(' ') || 'nothing'}, not ${expected.join(' ') || 'nothing'}`)
  }
  const sum = (what: 'there' | 'found' | 'beside'): number =>
    Object.values(kinds).reduce((total, line) => total + line[what], 0)
  const found = sum('found')
  return {
    precision: found / (found + sum('beside')),
    recall: found / sum('there'),
    kinds,
    without,
    withoutWrong,
    wrong,
  }
}
