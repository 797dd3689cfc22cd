import { RE2JS } from 're2js'
import type { MatchedKeyword } from '../analyzers/keywordMatcher.ts'

/** Characters of a value that are kept, and of them those before the hit. */
const VALUE_MAX = 300
const BEFORE = 80

/** A cell, or where it is long the part of it around a keyword that it holds. */
export function aroundHit(text: string, { kind, text: keyword }: MatchedKeyword): string {
  if (text.length <= VALUE_MAX) return text
  const at = kind === 'regex' ? startOf(text, keyword) : text.toLowerCase().indexOf(keyword.toLowerCase())
  const from = Math.max(0, Math.min(at - BEFORE, text.length - VALUE_MAX))
  return `${from > 0 ? '…' : ''}${text.slice(from, from + VALUE_MAX)}${from + VALUE_MAX < text.length ? '…' : ''}`
}

function startOf(text: string, source: string): number {
  const found = RE2JS.compile(`(?i)${source}`).matcher(text)
  return found.find() ? found.start() : 0
}
