import { createHash } from 'node:crypto'

/** Given by STIX 2.1 for the ids of cyber-observable objects; nothing else may use it. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7'
/** Of everything else this program exports: the same thing of the same case has the same id in every export. */
const OURS = 'b7b0bd8c-5f0e-5b53-9f5c-7d7f6a0a4f11'

/** UUID version 5 (RFC 9562) of a name in a namespace. */
export function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** The id of an observable by the properties that make it what it is (STIX 2.1, 2.9), as canonical JSON. */
export const observableId = (type: string, properties: Record<string, string | Record<string, string>>): string =>
  `${type}--${uuid5(OBSERVABLES, JSON.stringify(properties))}`

export const ownId = (type: string, ...parts: string[]): string => `${type}--${uuid5(OURS, JSON.stringify(parts))}`
