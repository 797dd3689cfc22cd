import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import { parseWords } from './words.ts'

const term = (text: string, more: object = {}) => ({ negated: false, field: null, match: 'contains', text, ...more })

it.each([
  ['', []],
  ['  ', []],
  ['certutil', [term('certutil')]],
  ['net  user', [term('net'), term('user')]],
  ['"net user"', [term('net user')]],
  ['user:admin', [term('admin', { field: 'user' })]],
  ['user:"CORP\\\\admin"', [term('CORP\\admin', { field: 'user', match: 'equals' })]],
  ['user:*', [term('*', { field: 'user', match: 'exists' })]],
  ['-word', [term('word', { negated: true })]],
  ['NOT user:bob AND x', [term('bob', { negated: true, field: 'user' }), term('x')]],
  ['NOT -word', [term('word')]],
  ['"Source IP":10.0', [term('10.0', { field: 'Source IP' })]],
  ['http://a.b/c', [term('http://a.b/c')]],
  ['C:\\Windows', [term('C:\\Windows')]],
  ['- x', [term('-'), term('x')]],
])('reads %s', (text, terms) => {
  expect(parseWords(text)).toEqual(terms)
})

it.each([
  ['"open', 1],
  ['a NOT', 6],
  ['user:', 1],
])('says where %s is wrong', (text, position) => {
  expect(() => parseWords(text)).toThrow(`character ${position}.`)
})

it('answers terms or a reasoned refusal for any text, and never a term without text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      try {
        for (const found of parseWords(text)) expect(found.text).not.toBe('')
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
  )
})
