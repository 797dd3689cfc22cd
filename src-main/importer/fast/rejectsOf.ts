import { closeSync, openSync, readSync } from 'node:fs'
import type { Beginning } from '../beginning.ts'
import { RAW_MAX, type BadRecord } from '../recordReader.ts'
import { windowTextOf } from '../windowText.ts'
import type { FastReject, FastWorkerResult } from './messages.ts'

/** The records that are no rows, in the order of the source, with the reasons that recordGate and recordReader give; and how many of them are comments. */
export function rejectsOf(
  beginning: Beginning,
  path: string,
  results: readonly FastWorkerResult[],
): { bad: BadRecord[]; comments: number } {
  const rejects = results.flatMap((result) => result.rejects).sort((a, b) => a.offset - b.offset)
  const bad: BadRecord[] = []
  let comments = 0
  if (rejects.length === 0) return { bad, comments }
  const fd = openSync(path, 'r')
  try {
    for (const reject of rejects) {
      const bytes = Buffer.alloc(reject.length)
      readSync(fd, bytes, 0, reject.length, reject.offset)
      if (reject.why === 'width' && beginning.commented && isComment(bytes, beginning.dialect.quote)) comments++
      else bad.push(badRecord(reject, bytes, beginning))
    }
  } finally {
    closeSync(fd)
  }
  return { bad, comments }
}

function badRecord({ line, offset, length, why, cells }: FastReject, bytes: Buffer, beginning: Beginning): BadRecord {
  const raw = bytes.toString('utf8', 0, RAW_MAX)
  if (why === 'width')
    return { line, offset, length, reason: `${cells} of ${beginning.plan.columns.length} fields`, raw }
  const utf8 = windowTextOf('utf-8')
  const wrong = utf8.invalidAt(bytes)
  const byte = (bytes[wrong] ?? 0).toString(16).padStart(2, '0')
  return { line, offset, length, reason: `byte 0x${byte} at ${offset + wrong} is not valid utf-8`, raw }
}

/** As recordGate has it: the first cell begins with #. */
const isComment = (bytes: Buffer, quote: string): boolean =>
  bytes[0] === 35 || (quote !== '' && bytes[0] === quote.charCodeAt(0) && bytes[1] === 35)
