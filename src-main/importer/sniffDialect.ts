import { createRecordReader, type RecordDialect } from './recordReader.ts'
import { windowTextOf } from './windowText.ts'

/** Bytes and records of the beginning by which dialects are compared. */
const SAMPLE_BYTES = 131_072
const SAMPLE_RECORDS = 500
const COMMON = [',', '\t', ';', '|'] as const
/** Believed only where no common one splits anything, and every record into three or more cells. */
const RARE = ['^', '~', '\x01', '\x1f', '\x1e'] as const
/** A common delimiter whose most frequent width holds fewer records than this is no better than none. */
const CONSISTENT = 0.4
/** In a file of one column so many lines must stay whole, or the delimiter is none. */
const NO_SPLIT = 0.95
/** Fewer records are too few to find that a file has no delimiter. */
const ENOUGH_RECORDS = 10

export type DialectStart = {
  /** The beginning of the file from its first record on. */
  bytes: Buffer
  /** The bytes are the whole file. */
  complete: boolean
  encoding: string
  /** What is settled already, by the analyst or the preface. */
  delimiter: string | null
  quote: string | null
  comments: boolean
  /** Number of cells the preface announces. */
  width: number | null
}

type Trial = {
  dialect: RecordDialect
  records: number
  width: number
  consistent: number
  score: number
  cells: string[][]
}

/** Delimiter, quote and line end under which most records of the beginning have the same number of cells. */
export function sniffDialect(start: DialectStart): RecordDialect {
  const sample = start.bytes.length > SAMPLE_BYTES ? start.bytes.subarray(0, SAMPLE_BYTES) : start.bytes
  let trials = trialsOf({ ...start, bytes: sample, complete: start.complete && sample.length === start.bytes.length })
  // Very wide or multi-line records: more is needed to compare.
  if (sample.length < start.bytes.length && trials.every((trial) => trial.records < 5)) trials = trialsOf(start)
  const best = better(trials)
  if (best && best.score > 0) return best.dialect
  const records = Math.max(0, ...trials.map((trial) => trial.records))
  if (records < ENOUGH_RECORDS) return mostSplitting(trials) ?? unsplit(start, trials)
  return unsplit(start, trials)
}

/** In a handful of records that agree on nothing, the delimiter that splits the first of them most. */
function mostSplitting(trials: readonly Trial[]): RecordDialect | null {
  const widest = trials.toSorted((a, b) => (b.cells[0]?.length ?? 0) - (a.cells[0]?.length ?? 0))[0]
  return widest && (widest.cells[0]?.length ?? 0) > 1 ? widest.dialect : null
}

/** Text in one column: the delimiter that splits fewest lines, else one that cannot occur. */
function unsplit(start: DialectStart, trials: readonly Trial[]): RecordDialect {
  const { delimiter, quote, comments } = start
  const none: RecordDialect = {
    delimiter: '\x1f',
    quote: quote ?? '',
    escape: 'quote',
    newline: trials[0]?.dialect.newline ?? '\n',
    comments,
  }
  if (delimiter !== null) return trials[0]?.dialect ?? { ...none, delimiter, quote: quote ?? '"' }
  const whole = trials.filter((trial) => trial.width === 1).sort((a, b) => b.consistent - a.consistent)[0]
  return whole && whole.consistent >= NO_SPLIT ? whole.dialect : none
}

function better(trials: readonly Trial[]): Trial | null {
  let best: Trial | null = null
  for (const trial of trials) if (best === null || trial.score > best.score + 1e-9) best = trial
  return best
}

function trialsOf(start: DialectStart): Trial[] {
  const newlines = newlinesOf(start)
  const common = start.delimiter === null ? COMMON : [start.delimiter]
  const quote = start.quote ?? '"'
  const trials = common.flatMap((delimiter) =>
    newlines.map((newline) => tryOut(start, { delimiter, quote, escape: 'quote', newline, comments: start.comments })),
  )
  if (start.delimiter === null && trials.every((trial) => trial.width <= 1)) {
    const newline = newlines[0] ?? '\n'
    for (const delimiter of RARE) {
      const trial = tryOut(start, { delimiter, quote, escape: 'quote', newline, comments: start.comments })
      if (trial.width >= 3 && trial.consistent >= 0.95) trials.push(trial)
    }
  }
  const best = better(trials)
  if (start.quote === null && best) trials.push(...otherQuotes(start, best))
  return trials
}

/** A backslash before a quote mark, in encodings of bytes and in UTF-16. */
const ESCAPED = ['\\"', '\\\0"']

/** Other ways to quote are believed where they make records whole that are not; apostrophes only where most cells stand in them. */
function otherQuotes(start: DialectStart, best: Trial): Trial[] {
  const ways: Pick<RecordDialect, 'quote' | 'escape'>[] = []
  const wrapped = share(best.cells, (cell) => cell.length > 1 && cell.startsWith("'") && cell.endsWith("'"))
  if (wrapped > 0.5) ways.push({ quote: "'", escape: 'quote' })
  const split = best.score > 0
  if ((!split || best.consistent < 1) && ESCAPED.some((bytes) => start.bytes.includes(bytes)))
    ways.push({ quote: best.dialect.quote, escape: 'backslash' })
  if (!split || best.consistent < 0.9) ways.push({ quote: '', escape: 'quote' })
  const delimiters = start.delimiter === null ? COMMON : [start.delimiter]
  const found: Trial[] = []
  for (const way of ways) {
    // No quoting at all is the last resort.
    if (way.quote === '' && found.length > 0) break
    for (const delimiter of delimiters) {
      const trial = tryOut(start, { ...best.dialect, ...way, delimiter })
      const enough =
        way.quote === "'"
          ? trial.consistent >= best.consistent
          : split
            ? trial.consistent > best.consistent + (way.quote === '' ? 0.1 : 0.001) && trial.width >= best.width
            : trial.consistent >= NO_SPLIT && trial.score > 0
      if (enough && trial.width > 1) found.push({ ...trial, score: trial.score + 0.01 })
    }
  }
  return found
}

function share(records: readonly string[][], test: (cell: string) => boolean): number {
  let filled = 0
  let passed = 0
  for (const cells of records) {
    for (const cell of cells) {
      if (cell === '') continue
      filled++
      if (test(cell)) passed++
    }
  }
  return filled === 0 ? 0 : passed / filled
}

/**
 * The line ends worth trying. Those inside quotes do not count: CR alone where no LF stands outside or CR is more frequent,
 * CRLF alone where there are line feeds without CR too.
 */
function newlinesOf({ bytes, encoding }: DialectStart): RecordDialect['newline'][] {
  const text = windowTextOf(encoding).text(bytes.subarray(0, SAMPLE_BYTES * 2))
  let [lf, crlf, cr] = [0, 0, 0]
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) quoted = !quoted
    else if (quoted) continue
    else if (code === 10) lf++
    else if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) crlf++
      else cr++
    }
  }
  if (lf === 0) return cr > 0 ? ['\r'] : ['\n']
  const found: RecordDialect['newline'][] = ['\n']
  if (crlf > 0 && lf > crlf) found.push('\r\n')
  if (cr > lf) found.push('\r')
  return found
}

function tryOut(start: DialectStart, dialect: RecordDialect): Trial {
  const cells: string[][] = []
  let bad = 0
  const reader = createRecordReader(
    { encoding: start.encoding, undecided: false, dialect, offset: 0, line: 1 },
    {
      record(record) {
        cells.push(record)
        if (cells.length >= SAMPLE_RECORDS) reader.stop()
      },
      bad: ({ reason }) => {
        if (!reason.startsWith('byte ')) bad++
      },
    },
  )
  reader.push(start.bytes)
  if (start.complete || cells.length < 2) reader.end()
  const widths = new Map<number, number>()
  for (const record of cells) widths.set(record.length, (widths.get(record.length) ?? 0) + 1)
  let width = start.width ?? 0
  let same = start.width === null ? 0 : (widths.get(start.width) ?? 0)
  if (start.width === null)
    for (const [candidate, count] of widths)
      if (count > same || (count === same && candidate > width)) [width, same] = [candidate, count]
  const records = cells.length + bad
  const consistent = records === 0 ? 0 : same / records
  const score = width <= 1 || consistent < CONSISTENT ? 0 : consistent ** 2 * (1 - 1 / width)
  return { dialect, records, width, consistent, score, cells: cells.slice(0, 100) }
}
