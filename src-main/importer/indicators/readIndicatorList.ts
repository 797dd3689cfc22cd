import { AppError } from '#contract/appError'
import type { Verdict } from '#contract/values'
import { readBeginning, type Beginning } from '../beginning.ts'
import { findIocs } from '../iocs.ts'
import { openRecords } from '../openRecords.ts'
import { readHead } from '../readHead.ts'
import { openSource, type Source } from '../readSource.ts'
import { recordGate } from '../recordGate.ts'
import { indicatorsOf, INDICATOR_MAX, type IndicatorHint, type PlainIndicator } from './indicatorOf.ts'
import { confidenceOf, expiryOf, hintOf, listLayout, verdictOf, type ListLayout } from './listLayout.ts'

/** One indicator of a list; null: the line says nothing, what holds for the whole list applies. */
export type ListedIndicator = PlainIndicator & {
  verdict: Verdict | null
  confidence: number | null
  source: string | null
  note: string | null
  /** Milliseconds since 1970 UTC. */
  expiresAt: number | null
  /** Of the list, from 1. */
  line: number
}
export type RejectedLine = { line: number; reason: string; text: string }
export type ListSink = {
  add(indicator: ListedIndicator): void
  reject(rejected: RejectedLine): void
  /** A line that was taken says its verdict by a word that is none: what holds for the list applies. */
  otherVerdict(word: string): void
}
export type ListProgress = { cancelled(): boolean; progress(state: { bytes: number; total: number }): void }

/** Characters of a note, of a source and of a rejected line that are kept. */
const NOTE_MAX = 500
const SOURCE_MAX = 200
const TEXT_MAX = 200
/** And of a word that stands for a verdict. */
const WORD_MAX = 60
/** Words that are a verdict where they stand alone behind a value; all others are its note. */
const SAID = /^(?:malicious|suspicious|clean|benign|unknown)$/i
/** No delimiter: a line is one cell. A character that stands in no list. */
const WHOLE_LINES = { delimiter: '\u001f', quote: '', header: false }
/** Bytes cut into records at a time: between them reading can be cancelled. */
const WINDOW = 256 * 1024

/**
 * Reads a list of indicators: a table whose headers name a column of them, else a value a line, with a verdict and a note behind
 * it where they stand. `decided`: somebody said what all its indicators are, JA4 included. Every line goes to the sink, as indicators or with the reason why it holds none. Answers how it was understood.
 * Fails as importFile does.
 */
export async function readIndicatorList(
  path: string,
  decided: boolean,
  sink: ListSink,
  context: ListProgress,
): Promise<string> {
  const source = await openSource(path, { hash: false })
  try {
    const head = await readHead(source, () => goOn(context))
    const bytes = head.bytes()
    const { records: _, ...asTable } = readBeginning(bytes, head.complete, {})
    const layout = asTable.header || asTable.json ? listLayout(asTable.plan.columns.map(({ header }) => header)) : null
    const asLines = layout || asTable.json ? asTable : readBeginning(bytes, head.complete, WHOLE_LINES)
    const take = layout ? tableLine(layout, decided, sink) : textLine(decided, sink)
    await readRecords(source, head.blocks, layout ? asTable : asLines, take, sink, context)
    return layout?.format ?? 'A value a line'
  } finally {
    await source.close()
  }
}

type TakeRecord = (cells: readonly string[], line: number) => void

async function readRecords(
  source: Source,
  head: Buffer[],
  beginning: Beginning,
  take: TakeRecord,
  sink: ListSink,
  context: ListProgress,
): Promise<void> {
  const gate = recordGate(beginning, () => reader.raw(), {
    row: (cells, place) => take(cells, place.line),
    bad: ({ line, reason, raw }) => sink.reject({ line, reason, text: raw.slice(0, TEXT_MAX) }),
  })
  const reader = openRecords(beginning, gate)
  let unread = beginning.offset
  for (let next = head.shift() ?? (await source.next()); next !== null; next = head.shift() ?? (await source.next())) {
    const skip = Math.min(unread, next.length)
    unread -= skip
    for (let at = skip; at < next.length; at += WINDOW) {
      reader.push(next.subarray(at, at + WINDOW))
      goOn(context)
    }
    context.progress({ bytes: source.bytesRead(), total: source.size })
  }
  reader.end(source.warning() !== null)
}

/** Takes the indicators of one line of a table. */
function tableLine(layout: ListLayout, decided: boolean, sink: ListSink): TakeRecord {
  return (cells, line) => {
    const cell = (position: number | null): string => (position === null ? '' : (cells[position] ?? '').trim())
    const typed = cell(layout.type)
    const said = verdictOf(cell(layout.verdict))
    const source = cell(layout.source).slice(0, SOURCE_MAX) || null
    const confidence = confidenceOf(cell(layout.confidence))
    const expiresAt = expiryOf(cell(layout.expires))
    const words = layout.notes.map(cell).filter((text) => text !== '')
    let reason = `nothing in ${layout.values.map(({ header }) => header).join(', ')}`
    let taken = 0
    for (const { position, header, hint } of layout.values) {
      const text = cell(position)
      if (text === '') continue
      const found = indicatorsOf(text, hint ?? hintOf(typed))
      if (typeof found === 'string') {
        reason = found
        continue
      }
      const kind = hint === 'fingerprint' ? [header.replace(/_md5$/i, '').toUpperCase()] : []
      const note = [...kind, ...words].join(', ').slice(0, NOTE_MAX) || null
      for (const one of found) {
        taken++
        sink.add({
          ...one,
          verdict: said ?? (decided ? null : fingerprintVerdict(one, header)),
          confidence,
          source,
          note,
          expiresAt,
          line,
        })
      }
    }
    if (taken === 0) sink.reject({ line, reason, text: cells.join(', ').slice(0, TEXT_MAX) })
    else if (said === null && cell(layout.verdict) !== '') sink.otherVerdict(cell(layout.verdict).slice(0, WORD_MAX))
  }
}

/** A JA4 says what a client is known for and proves nothing; JA3 lists name what they hold malicious. */
const fingerprintVerdict = ({ type }: PlainIndicator, header: string): Verdict | null =>
  type === 'ja4' || (type === 'fingerprint' && /^ja4/i.test(header)) ? 'unknown' : null

/** Takes the indicator of a line of text: the whole line, or what stands before the first separator with the rest as its verdict and note, or all inside it. */
function textLine(decided: boolean, sink: ListSink): TakeRecord {
  return (cells, line) => {
    const text = cells.join(' ').trim()
    if (text === '' || /^(?:#|\/\/|;)/.test(text)) return
    const add = (found: readonly PlainIndicator[], words: string): void => {
      const [first = '', ...others] = words.split(/\s*[,;|\t]\s*/)
      const said = SAID.test(first) ? verdictOf(first) : null
      const note = said === null ? words : others.join(', ')
      for (const one of found) {
        const verdict = said ?? (decided ? null : fingerprintVerdict(one, ''))
        sink.add({
          ...one,
          verdict,
          confidence: null,
          source: null,
          note: note.slice(0, NOTE_MAX) || null,
          expiresAt: null,
          line,
        })
      }
    }
    const whole = indicatorsOf(text, guess(text))
    if (typeof whole !== 'string') return add(whole, '')
    const cut = text.length > INDICATOR_MAX * 2 ? null : /^(\S+?)\s*(?:[,;|\t]|\s[-#]|\s{2,}|\s+)\s*(.*)$/s.exec(text)
    const first = cut ? indicatorsOf(cut[1] ?? '', guess(cut[1] ?? '')) : ''
    if (cut && typeof first !== 'string') return add(first, cut[2] ?? '')
    const inside = /^[=+@-]/.test(text) || text.length > INDICATOR_MAX * 2 ? [] : findIocs(text)
    if (inside.length === 0) sink.reject({ line, reason: whole, text: text.slice(0, TEXT_MAX) })
    else
      add(
        inside.map(({ type, value }) => ({ type, value, subdomains: false })),
        text,
      )
  }
}

/** Without a column that says it: *.corp.local is meant as a domain, whatever its ending. */
const guess = (text: string): IndicatorHint => (/^\*?\./.test(text) ? 'domain' : null)

function goOn(context: ListProgress): void {
  if (context.cancelled()) throw new AppError('cancelled', 'The list was not imported; nothing of it was kept.')
}
