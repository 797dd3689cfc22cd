import { AppError } from '#contract/appError'

/**
 * The words an analyst types to narrow rows. All terms must hold.
 *   certutil              some cell contains it, in any case
 *   "net user"            the same with blanks
 *   user:admin            a cell of the column or field contains it
 *   user:"CORP\admin"     a cell of the column or field is exactly that, in any case; \" stands for a quote
 *   user:*                the column or field is not empty
 *   -word, NOT word       does not hold
 */
export type Term = {
  negated: boolean
  /** Column or field name as typed; null looks in every column. */
  field: string | null
  match: 'contains' | 'equals' | 'exists'
  text: string
}

/** At most this many terms; more is a pasted text, not a question. */
const TERMS_MAX = 50

// A token: optional minus, optional name and colon, then a quoted or a plain value. Every part is a negated class: linear.
const TOKEN = /\s*(-(?=\S))?(?:("(?:[^"]*)"|[^\s:"]+):(?!\/\/|\\))?(?:"((?:[^"\\]|\\.)*)("?)|(\S*))/gy

/** Parses what was typed; AppError 'invalid-input' with the position in characters. An empty text is an empty list: every row. */
export function parseWords(text: string): Term[] {
  const terms: Term[] = []
  let negateNext = false
  TOKEN.lastIndex = 0
  const source = text.trimEnd()
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex
    const found = TOKEN.exec(source)
    if (!found || TOKEN.lastIndex === start) throw wrong('This cannot be read', start)
    const [, minus, name, quoted, closing, plain] = found
    if (quoted !== undefined && closing === '') throw wrong('A quote is not closed', source.indexOf('"', start))
    const field = name === undefined ? null : name.replace(/^"|"$/g, '')
    if (field === null && minus === undefined && (plain === 'NOT' || plain === 'AND')) {
      negateNext = plain === 'NOT' ? !negateNext : negateNext
      continue
    }
    const value = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(["\\])/g, '$1')
    if (value === '') throw wrong(field === null ? 'A word is missing' : `A value is missing after ${field}`, start)
    const match =
      field === null || (quoted === undefined && value !== '*')
        ? 'contains'
        : quoted === undefined
          ? 'exists'
          : 'equals'
    terms.push({ negated: negateNext !== (minus !== undefined), field, match, text: value })
    negateNext = false
    if (terms.length > TERMS_MAX) throw wrong(`More than ${TERMS_MAX} words`, start)
  }
  if (negateNext) throw wrong('A word is missing after NOT', source.length)
  return terms
}

const wrong = (what: string, at: number): AppError =>
  new AppError('invalid-input', `${what}, character ${at + 1}. Write for example certutil user:admin -"net use".`, {
    path: 'q',
    at,
  })
