/** Who says so: Sysmon, the Security log, Defender, or a list such as Velociraptor's pslist. One of them names a process once. */
export type RecordSource = 'sysmon' | 'security' | 'defender' | 'list'

/** What a row says about a parent: as much as it knows. Times in microseconds since 1970 UTC. */
export type ParentHint = {
  pid: number | null
  guid: string
  name: string
  command: string
  start: number | null
  parent: ParentHint | null
}

/** What one row says about one process. */
export type ProcessRecord = {
  /** It began, it ended, or it was only seen to do something. */
  kind: 'start' | 'end' | 'seen'
  source: RecordSource
  /** Place of the dataset in the list of the hunt's, and the row in it. */
  dataset: number
  row: number
  host: string
  /** Of the row. */
  time: number | null
  /** When the process began, where the row says so. */
  start: number | null
  pid: number | null
  guid: string
  /** Path or name of the image. */
  name: string
  command: string
  user: string
  parent: ParentHint | null
}

/** PIDs beyond are no PIDs of any system. */
const PID_MAX = 0xffffffff

/** A PID in decimal or in the hexadecimal way of the Security log; null when the text is none. */
export function parsePid(text: string): number | null {
  const trimmed = text.trim()
  const hex = /^0x([0-9a-f]{1,16})$/i.exec(trimmed)
  if (!hex && !/^\d{1,10}(\.0+)?$/.test(trimmed)) return null
  const pid = hex ? Number.parseInt(hex[1] ?? '', 16) : Math.trunc(Number(trimmed))
  return pid <= PID_MAX ? pid : null
}

/** How cells write a PID, in lower case: what is looked for where rows of one process are asked. */
export function pidTexts(pid: number): string[] {
  const hex = pid.toString(16)
  return [String(pid), `${pid}.0`, `0x${hex}`, `0x${hex.padStart(16, '0')}`]
}

/** Without braces and in lower case, so that a GUID is the same however it is written; '' for none and for all zeros. */
export function parseGuid(text: string): string {
  const guid = text.replace(/[{}\s]/g, '').toLowerCase()
  return /^[0-9a-f-]{8,64}$/.test(guid) && /[1-9a-f]/.test(guid) ? guid : ''
}

/** Of a GUID of Sysmon: the machine and the second in which the process began. */
const LIFE_LENGTH = 18

/**
 * Two GUIDs of one process. Sysmon gives some events of a process a GUID that differs in its last part, which is made of the
 * session; machine and second are the same. To be asked only where PID and image agree.
 */
export const sameLife = (a: string, b: string): boolean =>
  a === '' || b === '' || a.slice(0, LIFE_LENGTH) === b.slice(0, LIFE_LENGTH)

/** `C:\Windows\cmd.exe` is cmd.exe; `/usr/bin/bash` is bash. */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)

/** Linux keeps 15 characters of a name. */
const SHORT_NAME = 15

/** The same image, as far as two names tell: paths, case and a missing .exe do not matter; no name agrees with any. */
export function sameImage(a: string, b: string): boolean {
  const [one, other] = [plainImage(a), plainImage(b)]
  if (one === '' || other === '' || one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length === SHORT_NAME && long.startsWith(short)
}

/** What of a name is compared. */
export const plainImage = (name: string): string =>
  baseName(name.trim())
    .toLowerCase()
    .replace(/\.exe$/, '')

/** What two rows say about one parent; where they speak of two, what the first says. */
export function mergeHints(one: ParentHint | null, other: ParentHint | null): ParentHint | null {
  if (one === null || other === null) return one ?? other
  if (one.pid !== null && other.pid !== null && one.pid !== other.pid) return one
  if (!sameImage(one.name, other.name)) return one
  return {
    pid: one.pid ?? other.pid,
    guid: one.guid || other.guid,
    name: one.name.length >= other.name.length ? one.name : other.name,
    command: one.command || other.command,
    start: one.start ?? other.start,
    parent: mergeHints(one.parent, other.parent),
  }
}
