import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markdownBlocks, referencesIn, type Block, type Inline } from './markdownTree.ts'

const inline = (part: Inline): string =>
  'parts' in part ? part.parts.map(inline).join('') : 'text' in part ? part.text : ''
const written = (block: Block): string =>
  'parts' in block
    ? block.parts.map(inline).join('')
    : block.kind === 'code'
      ? block.text
      : block.kind === 'quote'
        ? block.blocks.map(written).join('')
        : ''

it('HTML in a note stays text', () => {
  const [block] = markdownBlocks('<img src=x onerror=alert(1)>')
  expect(block).toEqual({ kind: 'paragraph', parts: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] })
})

it('a reference is found whatever stands around it or in it', () => {
  const blocks = markdownBlocks('- **see [[row:a/b*c*]]**\n\n> [[alert:1]] and [[alert:1]]\n\n[[nothing:2]]')
  expect(referencesIn(blocks)).toEqual([
    { kind: 'row', target: 'a/b*c*' },
    { kind: 'alert', target: '1' },
  ])
})

it('any text is taken apart, however deep it goes, and its words are kept', () => {
  const piece = fc.constantFrom('> ', '- ', '# ', '**', '`', '\n', '| a |\n|-|\n', '[[', ']]', '[x](y)', '<b>', ' ')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(Array.isArray(markdownBlocks(pieces.join('')))).toBe(true)
    }),
    { numRuns: 200 },
  )
  expect(
    markdownBlocks(`${'> '.repeat(500)}deep`)
      .map(written)
      .join(''),
  ).toContain('deep')
})
