import type { Bound, Predicate, Test } from '../../src-main/predicate/predicate.ts'

const on = (name: string | null, test: Test): Predicate => ({
  op: 'match',
  field: name === null ? null : { name, at: 0 },
  test,
})
const not = (part: Predicate): Predicate => ({ op: 'not', part })
const holds = (text: string): Test => ({ kind: 'contains', text })
const is = (text: string): Test => ({ kind: 'equals', text })
const like = (pattern: string): Test => ({ kind: 'wildcard', pattern })
const regex = (source: string): Test => ({ kind: 'regex', source })
const inside = (network: string): Test => ({ kind: 'cidr', network })
const bound = (text: string, inclusive = true): Bound => ({ text, inclusive })
const between = (from: Bound | null, to: Bound | null): Test => ({ kind: 'range', from, to })

const ODD = 'Odd %_"\'\\` name'

/** Where engines are known to disagree, by name. */
export const corners: [string, Predicate][] = [
  ['a word behind a NUL', on('Message', holds('inside'))],
  ['a cell that begins with a NUL', on('Message', holds('first'))],
  ['a NUL itself', on('Message', holds('\0'))],
  ['two cells that differ behind a NUL', on('Message', is('same\0one'))],
  ['the part before a NUL as the whole cell', on('Message', is('nul'))],
  ['a wildcard over a NUL', on('Message', like('a?b'))],
  ['a percent sign', on('Message', holds('%'))],
  ['an underscore', on('Message', is('_'))],
  ['a backslash', on('Message', is('\\'))],
  ['quotes and SQL', on('Message', is("'; DROP TABLE rows; --"))],
  ['a parameter of ClickHouse as text', on('Message', is('{p0:String}'))],
  ['a column with every quote in its name', on(ODD, { kind: 'exists' })],
  ['no cell of that column', not(on(ODD, holds('a')))],
  ['letters beyond ASCII in another case', on('User', is('MÜLLER'))],
  ['Cyrillic in another case', on('User', holds('мАШ'))],
  ['a Greek final sigma', on('User', is('ΟΔΥΣΣΕΎΣ'))],
  ['sharp s and its capital', on('User', is('STRAẞE'))],
  ['sharp s is not ss', on('User', is('STRASSE'))],
  ['k is not the Kelvin sign', on('User', holds('kelvin'))],
  ['the Kelvin sign is not k', on('User', holds('\u212a'))],
  ['s is not the long s', on('User', is('sam'))],
  ['for a regular expression k is the Kelvin sign', on('User', regex('kelvin'))],
  ['a letter and its accent', on('User', is('e\u0301'))],
  ['wildcards in another case', on('User', like('м*А'))],
  ['a letter outside the first plane', on('User', like('? smile'))],
  ['an empty cell', on('User', is(''))],
  ['not an empty cell', not(on('User', is('')))],
  ['a column with nothing in it', on('Nothing', { kind: 'exists' })],
  ['anything of a column with nothing in it', on('Nothing', regex('.*'))],
  ['nothing of a column with nothing in it', on('Nothing', regex('^$'))],
  ['the empty expression', on('User', regex('(?:)'))],
  ['a dot at a line end', on('Message', regex('two.lines'))],
  ['a dot at a line end, told to', on('Message', regex('(?s)two.lines'))],
  ['the end of a text is not the end of a line', on('Message', regex('two$'))],
  ['the end of a line, told to', on('Message', regex('(?m)two$'))],
  ['a case-sensitive expression', on('Message', regex('(?-i)NET1 USER'))],
  ['an expression with an open quotation', on('Message', regex('\\Q50%'))],
  ['the cells of a row do not run together', on(null, like('*WS1*CORP*'))],
  ['a separator in a text', on(null, holds('\u001f'))],
  ['a separator as a letter', on(null, like('left?right'))],
  ['a number as it was written', on('Score', holds('e-'))],
  ['a number with a zero behind', on('Pid', is('1.50'))],
  ['numbers that are the same', on('Pid', between(bound('1.5'), bound('1.5')))],
  ['numbers as text in a column of texts', on('Mixed', between(bound('7'), bound('7')))],
  ['a decimal one unit beside', on('Mixed', between(bound('1.7091'), bound('1.7091')))],
  ['the sum of 0.1 and 0.2', on('Mixed', between(bound('0.3', false), bound('0.30000000000000004')))],
  ['an integer too long for a double', on('Mixed', between(bound('9007199254740993'), null))],
  ['a number too large for a double', on('Mixed', between(bound('1e300'), null))],
  ['addresses are no numbers', on('src_ip', between(bound('0'), null))],
  ['a range of texts', on('Mixed', between(bound('a'), bound('N')))],
  ['a range of texts over numbers', on('Pid', between(bound('a'), null))],
  ['a range from 1 to a word', on('Pid', between(bound('1'), bound('word')))],
  ['all of IPv4', on('src_ip', inside('0.0.0.0/0'))],
  ['all of IPv6', on('src_ip', inside('::/0'))],
  ['an IPv4 network by its mapped name', on('src_ip', inside('::ffff:10.0.0.0/104'))],
  ['an address with a zone', on('src_ip', inside('fe80::/10'))],
  ['addresses in a column of all sorts', on('Mixed', inside('10.0.0.0/8'))],
  ['addresses anywhere', on(null, inside('10.0.0.0/8'))],
  ['a day', on('timestamp', between(bound('2019-01-15'), bound('2019-01-15')))],
  ['after a day', on('_time', between(bound('2019-01-15', false), null))],
  ['a time before 1900', on('LastSeen', between(null, bound('1900')))],
  ['any time', on('_time', between(null, null))],
  ['any time of a column that holds other texts', on('TimeGenerated', between(null, null))],
  ['a stretch of time', { op: 'time', from: Date.UTC(2019, 5, 1) * 1000, to: Date.UTC(2019, 6, 1) * 1000 }],
  ['outside a stretch of time', not({ op: 'time', from: null, to: Date.UTC(2019, 5, 1) * 1000 })],
  ['any stretch of time', { op: 'time', from: null, to: null }],
  ['everything', { op: 'all' }],
  ['nothing', { op: 'or', parts: [] }],
]
