import { queryTokens } from './queryText.ts'

/** Shorter parts of a wildcard would mark nearly everything. */
const PART_MIN = 2
/** Phrases, and what is no text although it stands where one could: expressions and ranges, which may hold blanks. */
const PHRASE_OR_PATTERN = /"(?:[^"\\]|\\.)*"|(?<=^|[\s(:])\/(?:[^/\\]|\\.)+\/|[[{][^\]}]*[\]}]/g

/**
 * The texts, in small letters, that a query seeks in any cell: its words and phrases without a field, parts of wildcards.
 * What is negated, a network, a range or an expression is none.
 */
export function soughtWords(query: string): string[] {
  const texts = query.replace(PHRASE_OR_PATTERN, (found) => (found.startsWith('"') ? found : '/ '))
  const words = queryTokens(texts)
    .filter(({ word, negated, field }) => word === null && !negated && field === null)
    .flatMap(({ text, value }) => {
      if (text.startsWith('"')) return [value]
      const plain = value.replace(/^\(+|\)+$/g, '')
      if (plain === '' || /^[[{<>/]|\/\d+$/.test(plain)) return []
      const parts = plain.split(/[*?]+/)
      return parts.length === 1 ? parts : parts.filter((part) => part.length >= PART_MIN)
    })
    .filter((word) => word.trim() !== '')
    .map((word) => word.toLowerCase())
  return [...new Set(words)]
}
