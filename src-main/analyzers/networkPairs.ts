import { EVIDENCE_MAX } from './analyzer.ts'
import type { Finding, FindingEvidence, RowSource, RowView } from './analyzer.ts'
import { EVIDENCE_FLOOR, EVIDENCE_ROWS_MAX, plainly, shortCopy } from './gathered.ts'
import { bytes, counts, reals, shorts, signed } from './numbers.ts'
import { rowLists } from './numberLists.ts'
import { newRoom, type Room } from './room.ts'
import { subjectTable, type SubjectTable } from './subjectTable.ts'
import { textTable, TEXT_MAX } from './textTable.ts'

/** Two ends that talk, with a port and protocol, and sums over their connections. */
export type Pair = {
  number: number
  source: string
  target: string
  port: number | null
  total: number
  sent: number
  received: number
  answered: number
  refused: number
  /** Contacts that were answered and have a time, as far as they are kept. */
  contacts: number
  /** More were not kept for want of room. */
  cut: boolean
}
export type Contact = {
  time: number | null
  /** Bytes; NaN where the row does not say. */
  sent: number
  received: number
  unanswered: boolean
  /** Whether the row tells a state at all. */
  stated: boolean
}

export type NetworkPairs = Pick<SubjectTable, 'key' | 'note'> & {
  see(source: string, target: string, port: number | null, protocol: string, row: RowView, contact: Contact): void
  all(): Iterable<Pair>
  /** Times in seconds and request sizes in bytes of the contacts, read from their rows. */
  contactsOf(pair: Pair, source: RowSource): { times: number[]; sizes: number[] }
  /** How many sources there are, and how many of them talk to the target of each pair. */
  prevalence(): { sources: number; of(pair: Pair): number }
  /** `told` hears the program of the pair's first row. */
  finding(pair: Pair, source: RowSource, told: (program: string) => Told): Finding
}
type Told = Omit<Finding, 'evidence' | 'evidenceTotal' | 'host' | 'user' | 'firstTime' | 'lastTime'>

/** Contacts kept per pair, of its first; rows of its first EVIDENCE_MAX. */
const CONTACTS_MAX = 10_000
/** Rows kept of all pairs. */
const ROWS_MAX = 2_000_000
/** Bytes a pair takes beside its key. */
const EACH = 64
/** Bytes of all pairs and their rows. */
const ROOM = 56 * 1024 * 1024
const NAME_MAX = 100
const [EVIDENCE, CONTACT] = [1, 2]
const MICROSECONDS = 1_000_000

/** Pairs without an object for each; what their rows say is read again when there is a finding to make. */
export function networkPairs(of: Room): NetworkPairs {
  const room = newRoom(ROOM, of)
  const table = subjectTable(room, EACH)
  const rows = rowLists(room, ROWS_MAX)
  const [sourceLength, targetLength, contacts, evidence] = [shorts(), shorts(), shorts(), shorts()]
  const [total, answered, refused] = [counts(), counts(), counts()]
  const [sent, received, firstTime, lastTime] = [reals(), reals(), reals(), reals()]
  const [firstRow, list] = [counts(), signed()]
  const [timed, cut] = [bytes(), bytes()]
  let evidenceRows = 0

  function widen(pair: number, time: number): void {
    const known = timed.at(pair) === 1
    if (!known || time < firstTime.at(pair)) firstTime.set(pair, time)
    if (!known || time > lastTime.at(pair)) lastTime.set(pair, time)
    timed.set(pair, 1)
  }

  function keep(pair: number, row: number, contact: Contact): void {
    const asEvidence =
      evidence.at(pair) < EVIDENCE_MAX && (evidenceRows < EVIDENCE_ROWS_MAX || evidence.at(pair) < EVIDENCE_FLOOR)
    const asContact = contact.time !== null && !contact.unanswered && contacts.at(pair) < CONTACTS_MAX
    if (!asEvidence && !asContact) return
    const end = rows.add(list.at(pair), row, (asEvidence ? EVIDENCE : 0) | (asContact ? CONTACT : 0))
    if (end === 0) {
      if (asContact) cut.set(pair, 1)
      return
    }
    list.set(pair, end)
    if (asContact) contacts.set(pair, contacts.at(pair) + 1)
    if (!asEvidence) return
    evidence.set(pair, evidence.at(pair) + 1)
    evidenceRows += 1
  }

  function sourceOf(number: number): string {
    return table.key(number).slice(0, sourceLength.at(number)).slice(0, NAME_MAX)
  }
  function targetOf(number: number): string {
    const from = sourceLength.at(number) + 1
    return table
      .key(number)
      .slice(from, from + targetLength.at(number))
      .slice(0, NAME_MAX)
  }

  function pairOf(number: number): Pair {
    const port =
      table
        .key(number)
        .slice(sourceLength.at(number) + targetLength.at(number) + 2)
        .split(' ', 1)[0] ?? ''
    return {
      number,
      source: sourceOf(number),
      target: targetOf(number),
      port: port === '' ? null : Number(port),
      total: total.at(number),
      sent: sent.at(number),
      received: received.at(number),
      answered: answered.at(number),
      refused: refused.at(number),
      contacts: contacts.at(number),
      cut: cut.at(number) === 1,
    }
  }

  function* evidenceOf(pair: Pair, datasetId: string, field: string, value: string): Generator<FindingEvidence> {
    const kept = rows.of(list.at(pair.number)).filter(({ mark }) => (mark & EVIDENCE) !== 0)
    const found = kept.length > 0 ? kept.map((entry) => entry.value).sort((a, b) => a - b) : [firstRow.at(pair.number)]
    for (const row of found) yield { datasetId, row, field, value }
  }

  return {
    ...{ key: table.key, note: table.note },
    see(source, target, port, protocol, row, contact) {
      const pair = table.at(`${source} ${target} ${port ?? ''} ${protocol}`)
      if (pair < 0) return
      if (total.at(pair) === 0) {
        sourceLength.set(pair, Math.min(source.length, TEXT_MAX))
        targetLength.set(pair, Math.min(target.length, TEXT_MAX))
        firstRow.set(pair, row.row)
      }
      total.set(pair, total.at(pair) + 1)
      if (contact.sent > 0) sent.set(pair, sent.at(pair) + contact.sent)
      if (contact.received > 0) received.set(pair, received.at(pair) + contact.received)
      if (contact.unanswered) refused.set(pair, refused.at(pair) + 1)
      else if (contact.sent > 0 || contact.received > 0 || contact.stated) answered.set(pair, answered.at(pair) + 1)
      if (contact.time !== null) widen(pair, contact.time)
      keep(pair, row.row, contact)
    },
    *all() {
      for (let number = 0; number < table.size(); number += 1) yield pairOf(number)
    },
    contactsOf(pair, source) {
      const [times, sizes]: [number[], number[]] = [[], []]
      for (const { value, mark } of rows.of(list.at(pair.number))) {
        if ((mark & CONTACT) === 0) continue
        const row = source.at(value, ['bytes_sent'])
        if (row.time === null) continue
        times.push(row.time / MICROSECONDS)
        const size = Number(row.text('bytes_sent') || Number.NaN)
        if (size >= 0) sizes.push(size)
      }
      return { times, sizes }
    },
    prevalence() {
      const names = textTable(newRoom(Number.MAX_SAFE_INTEGER), 0, 2 * table.size())
      const sources = new Set<number>()
      const both = new Float64Array(table.size())
      const targets = new Uint32Array(table.size())
      for (let number = 0; number < table.size(); number += 1) {
        const source = names.add(sourceOf(number))
        const target = names.add(targetOf(number))
        sources.add(source)
        targets[number] = target
        both[number] = target * 2 ** 20 + source
      }
      const users = new Uint32Array(names.size())
      let before = -1
      for (const one of both.sort()) {
        const target = Math.floor(one / 2 ** 20)
        if (one !== before) users[target] = (users[target] ?? 0) + 1
        before = one
      }
      return { sources: sources.size, of: (pair) => users[targets[pair.number] ?? 0] ?? 1 }
    },
    finding(pair, source, told) {
      const first = source.at(firstRow.at(pair.number), FIRST_FIELDS)
      const field = first.text('dst_ip') !== '' ? 'dst_ip' : 'domain'
      const [column, value] = [first.column(field), shortCopy(first.text(field), 200)]
      const host = shortCopy(first.text('hostname'), 200)
      return {
        ...plainly(told(shortCopy(first.text('process_name'), 300))),
        evidence: evidenceOf(pair, first.datasetId, column, value),
        evidenceTotal: pair.total,
        host: host || pair.source || null,
        user: null,
        firstTime: timed.at(pair.number) === 1 ? firstTime.at(pair.number) : null,
        lastTime: timed.at(pair.number) === 1 ? lastTime.at(pair.number) : null,
      }
    },
  }
}

const FIRST_FIELDS = ['dst_ip', 'domain', 'hostname', 'process_name'] as const
