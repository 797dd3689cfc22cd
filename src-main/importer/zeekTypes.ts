import type { ColumnType } from '#contract/values'

/**
 * What the `#types` line of a Zeek log says about a column, in the types of columns; null for a word it does not know. Sets,
 * vectors, addresses and booleans are text here.
 * Source: Zeek's manual, "Zeek log formats"; types of the scripting language.
 */
export function zeekType(word: string): ColumnType | null {
  if (word === 'time') return 'time'
  if (word === 'count' || word === 'int' || word === 'port') return 'integer'
  if (word === 'double' || word === 'interval') return 'number'
  return /^(?:string|enum|addr|subnet|bool|func|pattern|(?:set|vector|table)\[.*\])$/.test(word) ? 'text' : null
}

/**
 * The type of a column of which the file says one: an id of digits that is said to be a string stays text, a column without
 * a value yet is what it is said to be. What the cells contradict does not hold, and a text that holds times is one of times.
 */
export function asSaid(found: ColumnType, said: ColumnType | null, filled: boolean): ColumnType {
  if (said === null || said === 'time' || found === 'time') return found
  if (said === 'text') return 'text'
  if (found === 'text') return filled ? found : said
  return said === 'number' ? said : found
}
