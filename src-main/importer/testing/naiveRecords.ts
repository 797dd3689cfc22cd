/**
 * Counts the records of a well-formed table one character at a time; written without a look at the importer, to check it.
 * Null where quotes do not open and close as they should, since then there is no one right answer.
 */
export function naiveRecords(
  text: string,
  delimiter: string,
  quote: string,
  newline: '\n' | '\r\n' | '\r',
): number | null {
  let records = 0
  let length = 0
  let quoted = false
  let cellStart = true
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    if (quoted) {
      if (character !== quote) continue
      if (text.charAt(i + 1) === quote) {
        i++
        continue
      }
      quoted = false
      const next = text.slice(i + 1, i + 3)
      if (next !== '' && !next.startsWith(delimiter) && !next.startsWith('\n') && !next.startsWith('\r')) return null
      continue
    }
    const ends =
      newline === '\r\n'
        ? text.startsWith('\r\n', i)
        : character === newline || (newline === '\n' && text.startsWith('\r\n', i))
    if (ends) {
      if (text.startsWith('\r\n', i)) i++
      if (length > 0) records++
      length = 0
      cellStart = true
      continue
    }
    if (newline === '\n' && character === '\r' && i === text.length - 1) continue
    length++
    if (quote !== '' && cellStart && character === quote) quoted = true
    cellStart = character === delimiter
  }
  if (quoted) return null
  return length > 0 ? records + 1 : records
}
