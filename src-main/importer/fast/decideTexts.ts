import { iocTypes, type IocType } from '#contract/values'
import { cellFindings } from '../cellFindings.ts'
import type { HostEntry } from '../hostCollector.ts'
import { hostIoc, type PlainIoc } from '../iocs.ts'
import type { FastModule } from './fastModule.ts'
import type { FastPlan } from './fastPlan.ts'

/** Indicator types in the order of their names: the compiled code's kinds 0 to 9. */
export const kinds: readonly IocType[] = [...iocTypes].sort()
/** Kinds in the table of texts: cells to be looked at, hosts of rows, hosts of URLs. */
const KIND = { cell: 10, host: 11, urlHost: 12 } as const

/** Layout of an Entry (c/table.h), in words of 4 bytes; the last word is column, kind and scope. Its text follows, in steps of 8 bytes. */
const AT = { hash: 0, first: 2, last: 4, count: 6, length: 7, column: 9 } as const
const ENTRY_BYTES = 40
/** A further column of an entry; its first 8 bytes are 0, which no hash is. */
const MORE_BYTES = 16

/** Shorter cells hold nothing: as in iocCollector.ts. */
const SHORTEST = 3

/** Per column: cells that are one indicator as a whole and types seen, by index into `kinds`. */
export type ColumnFinds = { whole: number[]; seen: boolean[] }

export type TextDecider = {
  /** Looks at all texts gathered so far and empties their table. False when there is no room for more indicators. */
  decide(): boolean
  hosts: Map<string, HostEntry>
  columns: ColumnFinds[]
}

/** Decides with iocs.ts about the distinct cells that a worker gathered, and keeps the hosts. */
export function createTextDecider(
  wasm: FastModule,
  work: number,
  memory: WebAssembly.Memory,
  at: { texts: number; textBytes: number; body: number },
  plan: FastPlan,
  stopped: () => boolean,
): TextDecider {
  const iocs = plan.columns.map(({ look }) => look?.ioc ?? null)
  const words = new Uint32Array(memory.buffer)
  const signed = new Int32Array(memory.buffer)
  const bytes = Buffer.from(memory.buffer)
  const hosts = new Map<string, HostEntry>()
  const columns = iocs.map((): ColumnFinds => ({ whole: kinds.map(() => 0), seen: kinds.map(() => false) }))
  // 64-bit signed, low word first; exact as times stay below 2^53. The lowest value stands for "none".
  const time = (word: number): number => (signed[word + 1] ?? 0) * 2 ** 32 + (words[word] ?? 0)

  function cell(entry: number, word: number, from: number, length: number): boolean {
    const column = (words[word + AT.column] ?? 0) & 0xffff
    const text = bytes.toString('utf8', from, from + length)
    if (text.length < SHORTEST) return true
    const { found, whole } = cellFindings(text, iocs[column] ?? null)
    const of = columns[column]
    if (!of || found.length === 0) return true
    if (whole !== null)
      of.whole[kinds.indexOf(whole)] = (of.whole[kinds.indexOf(whole)] ?? 0) + (words[word + AT.count] ?? 0)
    for (const one of found) if (!add(one, of, entry, text, from, length)) return false
    return true
  }

  /** The host of URLs that the compiled code knew for certain: nothing but letters, digits, dashes and dots. */
  function urlHost(entry: number, word: number, from: number, length: number): boolean {
    const of = columns[(words[word + AT.column] ?? 0) & 0xffff]
    const text = bytes.toString('utf8', from, from + length)
    const host = hostIoc(text.toLowerCase())
    return !of || !host || add(host, of, entry, text, from, length)
  }

  function add(
    { type, value }: PlainIoc,
    of: ColumnFinds,
    entry: number,
    text: string,
    from: number,
    length: number,
  ): boolean {
    const kind = kinds.indexOf(type)
    of.seen[kind] = true
    if (value === text) return wasm.call('found', work, from, length, kind, entry) !== 0
    return wasm.call('found', work, at.body, bytes.write(value, at.body), kind, entry) !== 0
  }

  function host(word: number, from: number, length: number): void {
    const value = bytes.toString('utf8', from, from + length)
    const last = time(word + AT.last)
    const timed = last > -(2 ** 62)
    const known = hosts.get(value)
    if (!known) {
      hosts.set(value, {
        value,
        rows: words[word + AT.count] ?? 0,
        first: timed ? time(word + AT.first) : null,
        last: timed ? last : null,
      })
      return
    }
    known.rows += words[word + AT.count] ?? 0
    if (!timed) return
    known.first = Math.min(known.first ?? Infinity, time(word + AT.first))
    known.last = Math.max(known.last ?? -Infinity, last)
  }

  return {
    hosts,
    columns,
    decide() {
      const to = wasm.call('texts_to', work) >>> 0
      let seen = 0
      for (let entry = wasm.call('texts_from', work) >>> 0; entry < to;) {
        const word = entry >>> 2
        if (words[word] === 0 && words[word + 1] === 0) {
          entry += MORE_BYTES
          continue
        }
        if (seen++ % 1024 === 0 && stopped()) return true
        const from = entry + ENTRY_BYTES
        const length = words[word + AT.length] ?? 0
        const kind = ((words[word + AT.column] ?? 0) >>> 16) & 0xff
        if (kind === KIND.host) host(word, from, length)
        else if (!(kind === KIND.cell ? cell : urlHost)(entry, word, from, length)) return false
        entry = from + Math.ceil(length / 8) * 8
      }
      wasm.call('texts_clear', work, at.texts, at.textBytes)
      return true
    },
  }
}
