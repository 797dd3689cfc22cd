import { ipv4Number } from './addresses.ts'

const NO_HOST = new Set([
  'localhost',
  'unknown',
  'none',
  'null',
  'nil',
  'n',
  'na',
  'local',
  'undefined',
  'true',
  'false',
  'hostname',
  'computer',
])

/** The host of a cell in a column of host names (NetBIOS or full name), in lower case; null where the cell holds none. */
export function hostnameOfCell(text: string): string | null {
  const name = text.trim().replace(/^\\\\/, '').replace(/\.$/, '').toLowerCase()
  if (name.length === 0 || name.length > 253 || NO_HOST.has(name) || /^\d+$/.test(name) || ipv4Number(name) >= 0)
    return null
  return /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62})(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62}))*$/u.test(name) ? name : null
}

/** False for columns whose numbers with dots are versions: FileVersion, os_version, ProductVersion. */
export const mayHoldIocs = (header: string): boolean => !/version|\bbuild\b|\bver\b|clsid|guid/i.test(header)
