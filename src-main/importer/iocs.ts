import type { IocType } from '#contract/values'
import { ipv4Number, ipv6Groups } from './addresses.ts'
import { isEnding, isMeantAsDomain, isRegistered } from './domainNames.ts'
import { escapedAt, isAddressHere, isFileOfTool, isPathPart, isShare } from './hostContext.ts'
import { AT, DOT, isDefanged, normalIoc, refang } from './refang.ts'
import { findUrls, hostOf } from './urls.ts'

export { iocScope } from './addresses.ts'

/** An indicator inside a text: where it stands (UTF-16 units, end exclusive) and its re-fanged, normalised value. */
export type FoundIoc = { type: IocType; value: string; start: number; end: number }

/** An indicator without a place. */
export type PlainIoc = { type: IocType; value: string }

const NONE: FoundIoc[] = []
const LETTERS = String.raw`\w\u00c0-\u024f\u0370-\u052f-`
/** Scripts without spaces between words: a label is all of them or has none, so that "visit" before a name is no part of it. */
const CLOSE = String.raw`\u0e01-\u0e4e\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af`
const LABEL = String.raw`(?:[${LETTERS}]+|[${CLOSE}]+)`
/** For cells without such letters and brackets, nearly all: a tenth of the time less. */
const PLAIN_HOST = new RegExp(String.raw`(?<![${LETTERS}])[${LETTERS}]+(?:\.[${LETTERS}]+)+`, 'gi')
const HOST = new RegExp(
  String.raw`(?:(?<![${LETTERS}])[${LETTERS}]+|(?<![${CLOSE}])[${CLOSE}]+)(?:${DOT}${LABEL})+`,
  'gi',
)
/** [:] and [::] stand for what is in the brackets. */
const DEFANGED_IPV6 = /(?<![\w:.])[0-9a-f]{1,4}(?:(?::|\[::?\])[0-9a-f]{0,4}){1,16}/gi
/** What stands before the four numbers at the end of an IPv6 address. */
const IPV6_BEFORE = /(?<![\w:.])(?:[0-9a-f]{1,4}:{1,2}){1,6}$/i
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{1,4})?(?::[0-9a-f]{0,4}){2,8}/gi
const PAIRS = /^[0-9a-f]{2}(?::[0-9a-f]{2}){7}$/i
const HASH = /(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z])/gi
const JA4 = /(?<![0-9a-z_])[tqd](?:1[0-3]|s[23]|d[1-3]|00)[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}(?![0-9a-z_])/gi
const LOCAL_PART = new RegExp(String.raw`[a-z0-9](?:[a-z0-9._%+'-]{0,62}[a-z0-9_+-])?(?:#ext#)?${AT}$`, 'i')
/** Longest name looked at, in characters; a domain has at most 253, de-fanging makes them more. */
const HOST_MAX = 1024
/** Fingerprints that look like hashes of files and are none. */
const NO_FILE_HASH_BEFORE =
  /(?:imp_?hash|pe_?hash|ja3s?(?:_?(?:hash|digest|md5))?|guid|uuid|session_?id|trace_?id|correlation_?id)["'\\]*\s*[:=]\s*["'\\]*$/i

/** Behind the @ of the names of chats, which are no mail addresses. */
const NO_MAIL = new Set(['thread.skype'])
/** What a label may hold but an address has not: ip-10.0.0.1 of host names, -h10.0.0.1 of options, the arrow of 10.0.0.1->10.0.0.2. */
const ENDS_LIKE_IPV4 = /[\d-]$/
const AROUND_IPV4 = /^((?:ip|host|src|dst|addr)-|-+[a-uw-z]?)?([\d.]+)(-*)$/i
/** 10.0.0.1-10.0.0.9 */
const RANGE = /^\d+(?:\.\d+){3}-\d+(?:\.\d+){3}$/
const BRACED_DOT = /\{(?:\.|dot)\}/i
const BRACKETED_DOT = /[[({]dot[\])}]/i

const DOT_CHAR = 1
const HEX_CHAR = 2
const COLON_CHAR = 4
const BRACKET_CHAR = 8
const WIDE_CHAR = 16
const BRACE_CHAR = 32
const CLASS = new Uint8Array(128)
CLASS[46] = DOT_CHAR
CLASS[58] = COLON_CHAR
CLASS[91] = CLASS[40] = BRACKET_CHAR
CLASS[123] = BRACE_CHAR
for (const char of '0123456789abcdefABCDEF') CLASS[char.charCodeAt(0)] = HEX_CHAR

/**
 * The indicators inside a text (addresses, domains, URLs, e-mail addresses, hashes, JA4), also de-fanged, in the order in
 * which they stand; they do not overlap: the host of a URL and the domain of an e-mail address are part of those (see
 * hostOfUrl). A domain needs a public suffix and must not look like a file or a name of code. Host names are no part of
 * this: only a column can say that a word is one (hostnameOfCell). Never throws.
 */
export function findIocs(text: string): FoundIoc[] {
  if (text.length < 3) return NONE
  let dots = 0
  let colons = 0
  let brackets = 0
  let braces = 0
  let wide = false
  let run = 0
  let longest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? CLASS[code] : code < 0xe00 ? 0 : WIDE_CHAR
    if (kind === HEX_CHAR) {
      run++
      continue
    }
    if (run > longest) longest = run
    run = 0
    if (kind === DOT_CHAR) dots++
    else if (kind === COLON_CHAR) colons++
    else if (kind === BRACKET_CHAR) brackets++
    else if (kind === WIDE_CHAR) wide = true
    else if (kind === BRACE_CHAR) braces++
  }
  if (run > longest) longest = run
  // JSON is full of braces; only these are a dot.
  if (braces > 0 && BRACED_DOT.test(text)) brackets++
  if (dots === 0 && colons < 2 && longest < 12 && brackets === 0 && !text.includes('//')) return NONE
  const found: Found = { all: [], settled: 0 }
  if (colons > 0 && (text.includes('//') || text.includes('\\/\\/')))
    for (const { start, end } of findUrls(text)) keep(found, text, 'url', start, end)
  settle(found)
  if (brackets > 0 ? dots > 0 || BRACKETED_DOT.test(text) : dots > 0 && mayHoldHost(text))
    hosts(brackets > 0 || wide || text.includes('.]') ? HOST : PLAIN_HOST, text, found)
  settle(found)
  if (colons > 1) {
    if (brackets > 0 && text.includes('[:')) ipv6(DEFANGED_IPV6, text, found)
    settle(found)
    ipv6(IPV6, text, found)
  }
  settle(found)
  if (longest >= 32) hashes(text, found)
  settle(found)
  if (longest >= 12 && text.length >= 36) {
    JA4.lastIndex = 0
    for (let match = JA4.exec(text); match; match = JA4.exec(text)) add(found, text, 'ja4', match.index, JA4.lastIndex)
  }
  settle(found)
  return found.all
}

/** The type of the indicator that fills a cell (spaces, quotes, brackets and a port around it do not count), or null. */
export const iocOfCell = (text: string): IocType | null => cellIoc(text)?.type ?? null

/** The indicator that fills a cell, normalised, or null. */
export function cellIoc(text: string): PlainIoc | null {
  if (text.length > 4096) return null
  const [ioc, second] = findIocs(text)
  if (!ioc || second) return null
  if (!/^[\s"'[(<{]*(?:::ffff:)?$/i.test(text.slice(0, ioc.start))) return null
  return /^[\s"'\])>}]*(?:[.,;]|:\d{1,5}|\/\d{1,3}|%\w{1,15})?[\s"'\])>},;]*$/.test(text.slice(ioc.end))
    ? { type: ioc.type, value: ioc.value }
    : null
}

/** The address or domain in a URL, which is an indicator too; null for internal names and everything that is no URL. */
export function hostOfUrl(ioc: PlainIoc): PlainIoc | null {
  const host = ioc.type === 'url' ? hostOf(ioc.value)?.toLowerCase() : undefined
  return host === undefined ? null : hostIoc(host)
}

/** The indicator that the host of a URL is, `host` in lower case; null where it is none. */
export function hostIoc(host: string): PlainIoc | null {
  if (ipv4Number(host) >= 0) return { type: 'ipv4', value: host }
  if (host.includes(':')) return { type: 'ipv6', value: normalIoc('ipv6', host) }
  return isRegistered(host) ? { type: 'domain', value: host } : null
}

/** What was found so far: the first `settled` are in the order of the text, the rest is what the present pass adds, in order. */
type Found = { all: FoundIoc[]; settled: number }

function settle(found: Found): void {
  if (found.settled > 0 && found.all.length > found.settled) found.all.sort((a, b) => a.start - b.start)
  found.settled = found.all.length
}

function keep(found: Found, text: string, type: IocType, start: number, end: number): void {
  found.all.push({ type, value: normalIoc(type, text.slice(start, end)), start, end })
}

function add(found: Found, text: string, type: IocType, start: number, end: number): void {
  const last = found.all.at(-1)
  const ofThisPass = found.all.length > found.settled
  if (!settledAt(found, start, end) && !(ofThisPass && last && start < last.end)) keep(found, text, type, start, end)
}

/** The indicator of earlier passes that shares characters with a place. Cells of a megabyte may hold tens of thousands. */
function settledAt({ all, settled }: Found, start: number, end: number): FoundIoc | undefined {
  let low = 0
  let high = settled
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.end ?? 0) > start) high = middle
    else low = middle + 1
  }
  const other = low < settled ? all[low] : undefined
  return other && other.start < end ? other : undefined
}

/** A cheap look at the labels behind dots: without a number or a top-level domain at the end of a name there is no host. */
function mayHoldHost(text: string): boolean {
  for (let dot = text.indexOf('.'); dot >= 0;) {
    let end = dot + 1
    if (text[end] === ']') return true
    let digits = true
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      // Which of these belong to the label only the closer look knows: "example.com” said".
      if (code >= 128 && end > dot + 1) return true
      if (code >= 48 && code <= 57) continue
      if ((code | 32) < 97 || ((code | 32) > 122 && code < 128)) {
        if (code !== 45 && code !== 95) break
      }
      digits = false
    }
    if (
      end > dot + 1 &&
      end - dot <= 80 &&
      (digits ||
        isEnding(
          text
            .slice(dot + 1, end)
            .replace(/[-_]+$/, '')
            .toLowerCase(),
        ))
    )
      return true
    dot = text.indexOf('.', end)
  }
  return false
}

/** IPv4 addresses, e-mail addresses and domains: all are labels joined by dots. */
function hosts(form: RegExp, text: string, found: Found): void {
  form.lastIndex = 0
  for (let match = form.exec(text); match; match = form.exec(text)) {
    const { index } = match
    const end = form.lastIndex
    if (end - index > HOST_MAX) continue
    const around = settledAt(found, index, end)
    if (around) {
      if (around.end > end) form.lastIndex = around.end
      continue
    }
    const name = refang(match[0])
    const parts = ENDS_LIKE_IPV4.test(name) ? AROUND_IPV4.exec(name) : null
    const dash = RANGE.test(name) ? match[0].indexOf('-') : -1
    if (dash > 0) {
      if (ipv4Number(match[0].slice(0, dash)) >= 0) add(found, text, 'ipv4', index, index + dash)
      if (ipv4Number(match[0].slice(dash + 1)) >= 0) add(found, text, 'ipv4', index + dash + 1, end)
    } else if (parts && ipv4Number(parts[2] ?? '') >= 0) {
      const first = index + (parts[1] ?? '').length
      const last = end - (parts[3] ?? '').length
      const begin = ipv6Start(text, first, last)
      if (begin < first) add(found, text, 'ipv6', begin, last)
      else if (isAddressHere(text, first, last)) add(found, text, 'ipv4', first, last)
    } else if (escapedAt(text, index, match[0]) && ipv4Number(name.slice(1)) >= 0) {
      if (isAddressHere(text, index + 1, end)) add(found, text, 'ipv4', index + 1, end)
    } else hostName(text, found, match[0], name, index)
  }
}

function hostName(text: string, found: Found, raw: string, whole: string, at: number): void {
  const escaped = escapedAt(text, at, raw) ? 1 : 0
  const trimmed = raw.length - raw.replace(/[-_]+$/, '').length
  const start = at + escaped
  const end = at + raw.length - trimmed
  const name = trimmed || escaped ? refang(text.slice(start, end)) : whole
  if (!isRegistered(name.toLowerCase())) return
  const before = text.slice(Math.max(0, start - 80), start)
  const after = text.slice(end, end + 4)
  if (/(?:@|[[({]at[\])}] ?|\[@\])$/i.test(before)) {
    const local = LOCAL_PART.exec(before)
    if (local) {
      if (!NO_MAIL.has(name.toLowerCase())) add(found, text, 'email', start - local[0].length, end)
      return
    }
    // Only "@example.com" by itself: not the good.com of http://evil.com\@good.com.
    if (!/(?:^|[\s"'(<,;:=*])@$/.test(before)) return
  }
  // \\server.example.com@SSL\ is a share of WebDAV.
  if (/^(?:@|\[@| ?[[({]at|#ext)/i.test(after) && !(text[start - 1] === '\\' && isShare(text, start))) return
  const strong = isDefanged(text.slice(start, end))
  if (
    !strong &&
    (!isMeantAsDomain(name, after[0] ?? '') ||
      isPathPart(text, start, before) ||
      isFileOfTool(name, before) ||
      /[$%]$/.test(before))
  )
    return
  add(found, text, 'domain', start, end)
}

/** Where the IPv6 address begins that four numbers end, or where they begin themselves: ::ffff:10.0.0.1 is 10.0.0.1. */
function ipv6Start(text: string, start: number, end: number): number {
  if (text[start - 1] !== ':') return start
  const before = IPV6_BEFORE.exec(text.slice(Math.max(0, start - 32), start))?.[0] ?? ''
  const groups = /\d/.test(before) ? ipv6Groups(before + text.slice(start, end)) : null
  return groups?.slice(0, 5).some((group) => group !== 0) ? start - before.length : start
}

function ipv6(form: RegExp, text: string, found: Found): void {
  form.lastIndex = 0
  for (let match = form.exec(text); match; match = form.exec(text)) {
    const end = form.lastIndex
    const raw = match[0].includes('[') ? refang(match[0]) : match[0]
    const before = text[match.index - 1] ?? ' '
    // [Net.Dns]::Add of PowerShell, Foo::Bar of C++, 00:11:22 of a clock.
    if (before === ']' || /[\w:]/.test(text[end] ?? ' ') || !/\d/.test(raw) || raw.length < 3) continue
    if (raw.endsWith(':') && !raw.endsWith('::')) continue
    // Eight pairs of digits are a long hardware address.
    if (PAIRS.test(raw)) continue
    if (ipv6Groups(raw)) add(found, text, 'ipv6', match.index, end)
  }
}

function hashes(text: string, found: Found): void {
  HASH.lastIndex = 0
  for (let match = HASH.exec(text); match; match = HASH.exec(text)) {
    const raw = match[0]
    const end = HASH.lastIndex
    // All digits, all letters alike, a folder of compiled .NET code (NativeImages), or a piece of a GUID with dashes.
    if (/^\d+$/.test(raw) || /^(.)\1+$/.test(raw)) continue
    if (raw.length === 32 && text[match.index - 1] === '\\' && text[end] === '\\') continue
    if (
      /[0-9a-f]-$/i.test(text.slice(Math.max(0, match.index - 2), match.index)) ||
      /^-[0-9a-f]/i.test(text.slice(end, end + 2))
    )
      continue
    if (NO_FILE_HASH_BEFORE.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
    add(found, text, raw.length === 32 ? 'md5' : raw.length === 40 ? 'sha1' : 'sha256', match.index, end)
  }
}
