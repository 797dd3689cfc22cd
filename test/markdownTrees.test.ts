import fc from 'fast-check'
import { Lexer } from 'marked'
import { expect, it } from 'vitest'
import { markdownBlocks } from '../src-main/reporting/markdownTree.ts'
import { blocksOf } from '../src-renderer/views/cases/markdownTree.ts'

// Two programs that may not share code read the notes of a case: the page while they are typed, reports when they leave.
const piece = fc.constantFrom(
  ...[
    '# a',
    '**b**',
    '`c`',
    '- [ ] d',
    '1. e',
    '> f',
    '| g | h |\n|---|---|\n| i | j |',
    '[[alert:k]]',
    '[l](https://m.example)',
  ],
  ...['<script>n</script>', '\n', '\n\n', ' ', '---', '~~o~~', '```\np\n```', '[q](javascript:r)', '![s](t)', '\\*u'],
)

it('a note is read alike by the page and by reports', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      expect(blocksOf(new Lexer().lex(text))).toEqual(markdownBlocks(text))
    }),
    { numRuns: 300 },
  )
})
