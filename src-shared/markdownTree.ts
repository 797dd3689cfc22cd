import { Lexer, type Token, type Tokens } from 'marked'
import type { Reference } from '#contract/cases'
import { referenceKinds } from '#contract/values'

/** A text in Markdown, taken apart into what the page can show. HTML stays text. */
export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'em' | 'del'; parts: Inline[] }
  | { kind: 'break' }
  | { kind: 'address'; href: string; parts: Inline[] }
  | { kind: 'reference'; reference: Reference }
export type Block =
  | { kind: 'heading'; depth: number; parts: Inline[] }
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: { checked: boolean | null; blocks: Block[] }[] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' }

/** Lists and quotes inside each other are followed so far; a text made to break programs goes deeper. */
const DEPTH_MAX = 20

const REFERENCE = new RegExp(`\\[\\[(${referenceKinds.join('|')}):([^\\[\\]\\n]{1,2000})\\]\\]`)

const is = <T extends MarkedToken['type']>(token: Token, type: T): token is Extract<MarkedToken, { type: T }> =>
  token.type === type
type MarkedToken =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.Code
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Table
  | Tokens.Hr
  | Tokens.Space
  | Tokens.HTML
  | Tokens.Tag
  | Tokens.Escape
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Br
  | Tokens.Link
  | Tokens.Image

/** The blocks of a text in Markdown. */
export const markdownBlocks = (text: string): Block[] => blocksOf(new Lexer().lex(text))

function blocksOf(tokens: readonly Token[], depth = 0): Block[] {
  if (depth > DEPTH_MAX)
    return [{ kind: 'paragraph', parts: [{ kind: 'text', text: tokens.map(({ raw }) => raw).join('') }] }]
  return tokens.flatMap((token): Block[] => {
    if (is(token, 'space')) return []
    if (is(token, 'hr')) return [{ kind: 'rule' }]
    if (is(token, 'heading')) return [{ kind: 'heading', depth: token.depth, parts: inlinesOf(token.tokens) }]
    if (is(token, 'code')) return [{ kind: 'code', text: token.text }]
    if (is(token, 'blockquote')) return [{ kind: 'quote', blocks: blocksOf(token.tokens, depth + 1) }]
    if (is(token, 'list'))
      return [
        {
          kind: 'list',
          ordered: token.ordered,
          start: token.start === '' ? 1 : token.start,
          items: token.items.map((item) => ({
            checked: item.task ? (item.checked ?? false) : null,
            blocks: blocksOf(
              item.tokens.filter((inner) => inner.type !== 'checkbox'),
              depth + 1,
            ),
          })),
        },
      ]
    if (is(token, 'table'))
      return [
        {
          kind: 'table',
          head: token.header.map(({ tokens: cell }) => inlinesOf(cell)),
          rows: token.rows.map((row) => row.map(({ tokens: cell }) => inlinesOf(cell))),
        },
      ]
    if (is(token, 'paragraph') || is(token, 'text')) {
      const parts = token.tokens ? inlinesOf(token.tokens) : textParts(token.text)
      return parts.length === 0 ? [] : [{ kind: 'paragraph', parts }]
    }
    return token.raw.trim() === '' ? [] : [{ kind: 'paragraph', parts: textParts(token.raw.trim()) }]
  })
}

function inlinesOf(tokens: readonly Token[]): Inline[] {
  // A reference may have been taken apart (an address or a word between stars in it): it is looked for in the text as written.
  const raw = tokens.map((token) => token.raw).join('')
  const found = REFERENCE.exec(raw)
  if (found && tokens.length > 1) return byReference(tokens)
  return tokens.flatMap((token): Inline[] => {
    if (is(token, 'strong') || is(token, 'em') || is(token, 'del'))
      return [{ kind: token.type, parts: inlinesOf(token.tokens) }]
    if (is(token, 'codespan')) return [{ kind: 'code', text: token.text }]
    if (is(token, 'br')) return [{ kind: 'break' }]
    if (is(token, 'link')) return addressParts(token.href, inlinesOf(token.tokens), token.text)
    if (is(token, 'image')) return [{ kind: 'address', href: token.href, parts: textParts(token.text) }]
    if (is(token, 'text') && token.tokens) return inlinesOf(token.tokens)
    if (is(token, 'text') || is(token, 'escape')) return textParts(token.text)
    return textParts(token.raw)
  })
}

const addressParts = (href: string, parts: Inline[], text: string): Inline[] =>
  href === text || href === `mailto:${text}` || href === `http://${text}`
    ? [{ kind: 'code', text }]
    : [{ kind: 'address', href, parts }]

/** Tokens of a text with references: each reference is one part, whatever stands in it. */
function byReference(tokens: readonly Token[]): Inline[] {
  const parts: Inline[] = []
  let [at, skip] = [0, 0]
  const raw = tokens.map((token) => token.raw).join('')
  for (const token of tokens) {
    const end = at + token.raw.length
    if (end <= skip) {
      at = end
      continue
    }
    const found = REFERENCE.exec(raw.slice(Math.max(at, skip)))
    const begin = found ? Math.max(at, skip) + found.index : Infinity
    const whole = found ? begin + found[0].length : Infinity
    // It begins in this token and ends in a later one.
    if (begin < end && whole > end) {
      parts.push(...textParts(raw.slice(Math.max(at, skip), whole)))
      skip = whole
    } else if (at < skip) {
      parts.push(...textParts(raw.slice(skip, end)))
      skip = end
    } else parts.push(...inlinesOf([token]))
    at = end
  }
  return parts
}

/** A text with its references taken out. */
function textParts(text: string): Inline[] {
  const found = REFERENCE.exec(text)
  const kind = referenceKinds.find((one) => one === found?.[1])
  const target = found?.[2]?.trim()
  if (!found || !kind || !target) return text === '' ? [] : [{ kind: 'text', text }]
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)]
  return [
    ...(before === '' ? [] : [{ kind: 'text' as const, text: before }]),
    { kind: 'reference', reference: { kind, target } },
    ...textParts(after),
  ]
}

/** Every reference in a text, each once. */
export function referencesIn(blocks: readonly Block[]): Reference[] {
  const found = new Map<string, Reference>()
  const inParts = (parts: readonly Inline[]): void => {
    for (const part of parts) {
      if (part.kind === 'reference') found.set(`${part.reference.kind}:${part.reference.target}`, part.reference)
      else if ('parts' in part) inParts(part.parts)
    }
  }
  const inBlocks = (all: readonly Block[]): void => {
    for (const block of all) {
      if ('parts' in block) inParts(block.parts)
      else if (block.kind === 'quote') inBlocks(block.blocks)
      else if (block.kind === 'list') for (const item of block.items) inBlocks(item.blocks)
      else if (block.kind === 'table') for (const row of [block.head, ...block.rows]) row.forEach(inParts)
    }
  }
  inBlocks(blocks)
  return [...found.values()]
}
