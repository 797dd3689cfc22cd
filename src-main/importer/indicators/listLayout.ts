import type { Verdict } from '#contract/values'
import type { IndicatorHint } from './indicatorOf.ts'

/** What the columns of a list mean, by position. */
export type ListLayout = {
  /** For people. */
  format: string
  values: { position: number; header: string; hint: IndicatorHint }[]
  /** Says what kind of indicator the value is. */
  type: number | null
  verdict: number | null
  source: number | null
  confidence: number | null
  expires: number | null
  /** Together they are the note. */
  notes: number[]
}

const plain = (header: string): string => header.toLowerCase().replace(/[^a-z0-9+]+/g, '')

const VALUE = new Set(
  'value indicator indicatorvalue ioc iocvalue observable observablevalue artifact pattern'.split(' '),
)
const HINTS: Record<string, IndicatorHint> = {
  ...hinted(
    'address',
    'ip ips ipv4 ipv6 ipaddress ipaddr address srcip dstip ipdst ipsrc dstipaddress cidr network ipv4addr ipv6addr',
  ),
  ...hinted('domain', 'domain domains hostname host fqdn domainname site dns'),
  ...hinted('url', 'url urls uri link associatedurl'),
  ...hinted('email', 'email emailaddress emailaddr emailwhois emailsender emailsrc emaildst mail sender'),
  ...hinted(
    'hash',
    'file hash hashes filehash md5 sha1 sha256 sha2 md5hash sha1hash sha256hash filehashmd5 filehashsha1 filehashsha256',
  ),
  ...hinted('ja4', 'ja4'),
  ...hinted(
    'fingerprint',
    'ja3 ja3md5 ja3hash ja3s ja3fingerprint ja4s ja4h ja4l ja4x ja4t ja4ts ja4tscan ja4ssh fingerprint',
  ),
}
const TYPE = new Set('type entitytype indicatortype ioctype kind category datatype'.split(' '))
const VERDICT = new Set('verdict reputation classification disposition rating'.split(' '))
const SOURCE = new Set('source provider feed feedname reporter'.split(' '))
const CONFIDENCE = new Set('confidence confidencelevel'.split(' '))
const EXPIRES = new Set('expires expiry expiration expiresat expirationdate validuntil validto'.split(' '))
const NOTE = new Set(
  'note notes description comment comments listingreason malware malwarefamily threat family tags application library device os reference'.split(
    ' ',
  ),
)

function hinted(hint: IndicatorHint, words: string): Record<string, IndicatorHint> {
  return Object.fromEntries(words.split(' ').map((word) => [word, hint]))
}

/** What the type beside a value says that it is: Volexity's "ipaddress", MISP's "ip-dst", STIX's "domain-name". */
export const hintOf = (type: string): IndicatorHint => HINTS[plain(type)] ?? null

/** What the headers of a list mean; null where none of them names a column of indicators. */
export function listLayout(headers: readonly string[]): ListLayout | null {
  const names = headers.map(plain)
  const first = (known: ReadonlySet<string>): number | null => {
    const at = names.findIndex((name) => known.has(name))
    return at < 0 ? null : at
  }
  const general = first(VALUE)
  const values =
    general === null
      ? names.flatMap((name, position) =>
          HINTS[name] === undefined ? [] : [{ position, header: headers[position] ?? '', hint: HINTS[name] }],
        )
      : [{ position: general, header: headers[general] ?? '', hint: null }]
  if (values.length === 0) return null
  const taken = new Set(values.map(({ position }) => position))
  const notes = names.flatMap((name, position) => (NOTE.has(name) && !taken.has(position) ? [position] : []))
  return {
    format: formatOf(names, general !== null),
    values,
    type: general === null ? null : first(TYPE),
    verdict: first(VERDICT),
    source: first(SOURCE),
    confidence: first(CONFIDENCE),
    expires: first(EXPIRES),
    notes,
  }
}

function formatOf(names: readonly string[], general: boolean): string {
  if (names.includes('ja4') && names.includes('ja4s')) return 'JA4+ mapping: what a fingerprint is known for'
  if (names.includes('ja3md5')) return 'JA3 fingerprints as abuse.ch publishes them'
  if (
    general &&
    (names.includes('entitytype') || (names.includes('type') && /\b(?:notes|description)\b/.test(names.join(' '))))
  )
    return 'Indicators as Volexity publishes them'
  return 'Table with named columns'
}

const VERDICTS: readonly [RegExp, Verdict][] = [
  [/^(?:malicious|bad|black(?:list(?:ed)?)?|block(?:ed)?|malware|true)$/i, 'malicious'],
  [/^(?:suspicious|suspect|gr[ae]y(?:list(?:ed)?)?|medium)$/i, 'suspicious'],
  [/^(?:clean|benign|good|white(?:list(?:ed)?)?|allow(?:ed)?|safe|harmless|false)$/i, 'clean'],
  [/^(?:unknown|none|undetected|unrated|neutral|n\/a|-)$/i, 'unknown'],
]

/** A verdict as lists write it; null where the text is empty or another word. */
export const verdictOf = (text: string): Verdict | null =>
  VERDICTS.find(([look]) => look.test(text.trim()))?.[1] ?? null

/** 0 to 100 from a number or a word; null where there is none. */
export function confidenceOf(text: string): number | null {
  const word = { low: 25, medium: 50, moderate: 50, high: 75, certain: 100, confirmed: 100 }[text.trim().toLowerCase()]
  if (word !== undefined) return word
  const number = /^\s*(\d{1,3})(?:\.\d+)?\s*%?\s*$/.exec(text)?.[1]
  return number === undefined ? null : Math.min(100, Number(number))
}

/** Milliseconds since 1970 UTC; null where the text is no time. A time without a zone is UTC. */
export function expiryOf(text: string): number | null {
  const plainText = text.trim()
  if (/^\d{10}$/.test(plainText)) return Number(plainText) * 1000
  if (!/^\d{4}-\d{2}-\d{2}/.test(plainText)) return null
  const zoned = /(?:z|utc|[+-]\d{2}:?\d{2})$/i.test(plainText.slice(10))
  const iso = plainText.replace(' ', 'T').replace(/\s*utc$/i, 'Z')
  const ms = Date.parse(iso.length === 10 || zoned ? iso : `${iso}Z`)
  return Number.isNaN(ms) ? null : ms
}
