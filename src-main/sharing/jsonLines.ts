import { altered } from './refusals.ts'
import { LINE_MAX } from './parts.ts'

/** Text is handed on in pieces of about so many characters. */
const PIECE = 256 * 1024

/** Values as JSON, a line each. */
export function* jsonLines(values: Iterable<unknown>): Generator<Buffer> {
  let waiting = ''
  for (const value of values) {
    waiting += `${JSON.stringify(value)}\n`
    if (waiting.length < PIECE) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  if (waiting !== '') yield Buffer.from(waiting)
}

/** The values of a part of JSON lines; `name` is what the part is called. AppError 'invalid-input'. */
export async function* parsedLines(
  blocks: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<{ line: number; value: unknown }> {
  let [line, held] = [0, 0]
  let waiting: Buffer[] = []
  const parsed = (bytes: Buffer): { line: number; value: unknown } => {
    line++
    try {
      return { line, value: JSON.parse(bytes.toString('utf8')) }
    } catch (error) {
      throw altered(`line ${line} of ${name} is no JSON`, error)
    }
  }
  for await (const block of blocks) {
    let from = 0
    for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10, from)) {
      const rest = block.subarray(from, end)
      from = end + 1
      yield parsed(waiting.length === 0 ? rest : Buffer.concat([...waiting, rest]))
      waiting = []
      held = 0
    }
    if (from === block.length) continue
    waiting.push(Buffer.from(block.subarray(from)))
    held += block.length - from
    if (held > LINE_MAX) throw altered(`line ${line + 1} of ${name} is longer than ${LINE_MAX} bytes`)
  }
  if (held > 0) throw altered(`${name} ends inside line ${line + 1}`)
}
