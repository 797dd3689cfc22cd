import { inAnyCase } from './fold.ts'

/** A wildcard as a regular expression without anchors, every case spelt out; `*` and `?` also stand for line ends. */
export const wildcardRegex = (pattern: string): string =>
  `(?s-i:${pattern
    .split(/([*?])/)
    .map((piece) => (piece === '*' ? '.*' : piece === '?' ? '.' : inAnyCase(piece)))
    .join('')})`

/** A text for LIKE ... ESCAPE '\'. */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
export const likePattern = (pattern: string): string => likeText(pattern).replaceAll('*', '%').replaceAll('?', '_')
