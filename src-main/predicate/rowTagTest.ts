import { RE2JS } from 're2js'
import { AppError } from '#contract/appError'
import { rowTags } from '#contract/values'
import { asciiLower } from './fold.ts'
import type { Field, Predicate, Test } from './predicate.ts'
import { wildcardRegex } from './wildcard.ts'

/** Names under which a query asks for what analysts said about a row. A column of the file with such a name goes before. */
const TAG = ['tag', '_tag']
const NOTE = ['note', '_note']

type Named = { name: string; header: string }

/** Whether a name is one under which marks are asked for, where the file has no column of it. */
export const isMarkName = (name: string): boolean => [...TAG, ...NOTE].includes(name.toLowerCase())

/** `noted`: the row has an annotation, or that one. `tags`: it has one of these; null among them: it has none. */
export type MarkTest = { about: 'tag'; tags: (string | null)[] } | { about: 'note'; noted: boolean; id: string | null }

/**
 * What a test of the field `tag` or `note` asks of a row's marks; null where the field is one of the file.
 * AppError 'invalid-input' with its place for a test that tags do not take.
 */
export function markTest(field: Field, test: Test, columns: readonly Named[]): MarkTest | null {
  const wanted = field.name.toLowerCase()
  const about = TAG.includes(wanted) ? 'tag' : NOTE.includes(wanted) ? 'note' : null
  if (about === null || columns.some(({ name, header }) => [name.toLowerCase(), header.toLowerCase()].includes(wanted)))
    return null
  const none = test.kind === 'equals' && test.text === ''
  if (about === 'note') {
    if (none || test.kind === 'exists') return { about, noted: !none, id: null }
    if (test.kind !== 'contains' && test.kind !== 'equals') throw wrong(field, 'note:*')
    return { about, noted: true, id: asciiLower(test.text) }
  }
  return { about, tags: none ? [null] : rowTags.filter(matching(field, test)) }
}

function matching(field: Field, test: Test): (tag: string) => boolean {
  switch (test.kind) {
    case 'exists':
      return () => true
    case 'equals':
      return (tag) => tag === asciiLower(test.text)
    case 'contains':
      return (tag) => tag.includes(asciiLower(test.text))
    case 'wildcard': {
      // Stars upon stars take the other kind of regular expression for ever.
      const pattern = RE2JS.compile(`^${wildcardRegex(test.pattern)}$`)
      return (tag) => pattern.test(tag)
    }
    case 'regex':
    case 'range':
    case 'cidr':
      throw wrong(field, 'tag:suspicious')
  }
}

const wrong = ({ name, at }: Field, example: string): AppError =>
  new AppError('invalid-input', `${name} cannot be asked so, character ${at + 1}. Write ${example}.`, { path: 'q', at })

/** Every test of tags and annotations in a predicate, in its order. */
export function marksAsked(predicate: Predicate, columns: readonly Named[]): MarkTest[] {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return predicate.parts.flatMap((part) => marksAsked(part, columns))
    case 'not':
      return marksAsked(predicate.part, columns)
    case 'match': {
      const mark = predicate.field && markTest(predicate.field, predicate.test, columns)
      return mark ? [mark] : []
    }
    case 'all':
    case 'time':
      return []
  }
}

/** Whether the rows that a predicate finds change with tags and annotations. */
export const asksMarks = (predicate: Predicate, columns: readonly Named[]): boolean =>
  marksAsked(predicate, columns).length > 0
