import type { Readable } from 'node:stream'
import { parseError } from '@clickhouse/client'

const NEWLINE = 10
const RETURN = 13
/** Bytes of what a server says of an error in the middle of an answer. */
const ERROR_MAX = 1_000_000

/** The answer ended within a line. */
export class BrokenAnswer extends Error {}
/** There is more than is wanted. */
export class LargeAnswer extends Error {}

/**
 * The lines of an answer. Throws the error of a server that failed in the middle (25.11 and later send it behind a line that
 * ends with a carriage return, which no JSON does), BrokenAnswer when the answer ends within a line, LargeAnswer over `max` bytes.
 */
export async function* answerLines(stream: Readable, max: number): AsyncGenerator<string> {
  let rest: Buffer[] = []
  let bytes = 0
  let failing: string | null = null
  for await (const piece of stream) {
    const chunk: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))
    bytes += chunk.length
    if (bytes > max) throw new LargeAnswer()
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, at)
      const line: Buffer = rest.length === 0 ? part : Buffer.concat([...rest, part])
      rest = []
      from = at + 1
      if (failing === null && line.at(-1) === RETURN) failing = ''
      if (failing === null) yield line.toString()
      else if (failing.length < ERROR_MAX) failing += `${line.toString()}\n`
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
  if (failing !== null) throw parseError(failing.replace(/^[^]*?(?=Code: \d)/, ''))
  // Servers before that write the error where the next line would be.
  const end = Buffer.concat(rest).toString()
  if (/^Code: \d+\./.test(end)) throw parseError(end)
  if (end !== '') throw new BrokenAnswer()
}
