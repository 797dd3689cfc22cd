import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTerm, hasTerm, queryTokens, termText, toggleTerm, withoutField } from './queryText.ts'

describe('terms of a query', () => {
  it('are set and taken away by one click each', () => {
    const set = toggleTerm('certutil', 'username', 'MSTICAdmin')
    expect(set).toBe('certutil username:"MSTICAdmin"')
    expect(toggleTerm(set, 'username', 'MSTICAdmin')).toBe('certutil')
  })

  it('replace another value of the same field, since all terms must hold', () => {
    expect(toggleTerm('username:"a" -username:"c" x', 'username', 'b')).toBe('-username:"c" x username:"b"')
    expect(withoutField('NOT username:"a" AND username:"b"', 'username')).toBe('NOT username:"a"')
  })

  it('are added once', () => {
    const term = termText('path', 'C:\\a "b"', true) ?? ''
    expect(term).toBe('-path:"C:\\\\a \\"b\\""')
    expect(addTerm(addTerm('x', term), term)).toBe(`x ${term}`)
  })

  it('with ! before them are taken for what they are, and a column of such a name is not', () => {
    expect(queryTokens('!user:bob')).toMatchObject([{ field: 'user', value: 'bob', negated: true }])
    expect(termText('!a', 'x')).toBe('"!a":"x"')
  })

  it('for an empty cell say that the field is empty', () => {
    expect(toggleTerm('', 'Source IP', '')).toBe('-"Source IP":*')
    expect(toggleTerm('-"Source IP":*', 'Source IP', '')).toBe('')
  })

  it('read back any value of any column', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ minLength: 1 }),
        fc.boolean(),
        (value, name, negated) => {
          const term = termText(name, value, negated)
          fc.pre(term !== null)
          const [token, ...more] = queryTokens(term)
          expect(more).toEqual([])
          expect(token).toMatchObject({ field: name, value, negated, exact: true })
          expect(hasTerm(`a ${term} b`, term)).toBe(true)
        },
      ),
    )
  })

  it('cover any text without end or gap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        let at = 0
        for (const token of queryTokens(text)) {
          expect(text.slice(at, token.start).trim()).toBe('')
          expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text)
          at = token.start + token.text.length
        }
        expect(text.slice(at).trim()).toBe('')
      }),
    )
  })
})

it('a term put behind an OR holds for all of it', () => {
  expect(addTerm('a OR b', 'user:"x"')).toBe('(a OR b) user:"x"')
  expect(addTerm('(a OR b) c', 'user:"x"')).toBe('(a OR b) c user:"x"')
  expect(addTerm('"a OR b"', 'user:"x"')).toBe('"a OR b" user:"x"')
})
