import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseQuery } from '../src-main/predicate/parseQuery.ts'
import { addTerm, termText } from '../src-renderer/views/evidence/queryText.ts'

// The page writes terms that the program reads: both must mean the same cell.

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.constantFrom('C:\\a "b"', '(x)', 'a:b', '[1 TO 2]', '/r/', 'NOT', 'a OR b', '-', '10.0.0.0/8'),
)

it('a term made from any column and value is read back as exactly that', () => {
  fc.assert(
    fc.property(text, text, (name, value) => {
      const term = termText(name, value)
      fc.pre(term !== null)
      expect(parseQuery(term)).toEqual({
        op: 'match',
        field: { name, at: 0 },
        test: { kind: 'equals', text: value },
      })
    }),
    { numRuns: 500 },
  )
})

it('a term added to any query must hold beside all of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a', 'a OR b', '(a OR b) c', 'NOT a', 'x:"1" OR y:>5', '"a OR b"'),
      text,
      (query, value) => {
        const term = termText('field', value)
        fc.pre(term !== null)
        const tree = parseQuery(addTerm(query, term))
        expect(tree).toMatchObject({ op: 'and' })
        expect(tree.op === 'and' && tree.parts.at(-1)).toMatchObject({ op: 'match', field: { name: 'field' } })
      },
    ),
  )
})
