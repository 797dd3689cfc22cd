import { RE2JS } from 're2js'
import { AppError } from '#contract/appError'
import { cidrOf } from './cidr.ts'
import type { Predicate, Test } from './predicate.ts'

/** Nodes of a tree. A question has a few, a list of indicators some hundreds. */
const NODES_MAX = 1_000
/** Levels of a tree. */
const DEPTH_MAX = 100
/** Characters of one text, pattern or bound. */
const TEXT_MAX = 10_000
/** Characters of a regular expression. */
const REGEX_MAX = 1_000
/** Characters of the compiled condition; columns times tests. ClickHouse reads 262,144 bytes of a query by default. */
export const SQL_MAX = { sqlite: 2_000_000, clickhouse: 200_000 }

/**
 * Trees also come from rules and from the page, past the parser: refuses what no engine should be asked.
 * AppError 'too-large' over a limit, 'invalid-input' for a regular expression or network that cannot be read.
 */
export function checkPredicate(predicate: Predicate): void {
  let nodes = 0
  const look = (node: Predicate, depth: number): void => {
    if (++nodes > NODES_MAX) throw tooLarge(`A filter has at most ${NODES_MAX} conditions.`)
    if (depth > DEPTH_MAX) throw tooLarge(`A filter is at most ${DEPTH_MAX} levels deep.`)
    if (node.op === 'not') look(node.part, depth + 1)
    else if (node.op === 'and' || node.op === 'or') for (const part of node.parts) look(part, depth + 1)
    else if (node.op === 'match') checkTest(node.test)
  }
  look(predicate, 1)
}

function checkTest(test: Test): void {
  for (const text of textsOf(test))
    if (text.length > TEXT_MAX) throw tooLarge(`A text of a filter has at most ${TEXT_MAX} characters.`)
  if (test.kind === 'regex') {
    const why = regexFault(test.source)
    if (why !== null) throw invalid(`The regular expression cannot be read: ${why}.`)
  }
  if (test.kind === 'cidr' && cidrOf(test.network) === null)
    throw invalid(`${test.network.slice(0, 100)} is no network. Write 10.0.0.0/8.`)
}

/** Why a regular expression is refused; null when it is fine. */
export function regexFault(source: string): string | null {
  if (source.length === 0 || source.length > REGEX_MAX) return `it is empty or over ${REGEX_MAX} characters`
  try {
    RE2JS.compile(source)
    return null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unknown'
  }
}

/** Refuses a compiled condition that an engine would refuse, before it is sent. */
export function checkSize(sql: string, most: number): void {
  if (sql.length > most)
    throw tooLarge('The filter asks too many conditions of too many columns. Name the fields, or use fewer words.')
}

const tooLarge = (message: string): AppError => new AppError('too-large', message, { path: 'q' })
const invalid = (message: string): AppError => new AppError('invalid-input', message, { path: 'q' })

function textsOf(test: Test): string[] {
  switch (test.kind) {
    case 'contains':
    case 'equals':
      return [test.text]
    case 'wildcard':
      return [test.pattern]
    case 'regex':
      return [test.source]
    case 'cidr':
      return [test.network]
    case 'range':
      return [test.from, test.to].flatMap((bound) => (bound ? [bound.text] : []))
    case 'exists':
      return []
  }
}
