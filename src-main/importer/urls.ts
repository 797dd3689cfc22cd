import { ipv6Groups } from './addresses.ts'
import { refang } from './refang.ts'

const SCHEMES = new Set(
  'http https hxxp hxxps h**p h**ps meow meows ftp ftps sftp tftp fxp ldap ldaps rmi ws wss smb ssh telnet irc ircs socks4 socks5 tcp udp gopher nfs rtsp mongodb mysql redis amqp postgres postgresql mssql'.split(
    ' ',
  ),
)
/** Lengths of schemes, the longest first. */
const LENGTHS = [...new Set([...SCHEMES].map((scheme) => scheme.length))].sort((a, b) => b - a)
const START = /([a-z][a-z0-9*]{1,9})(\[:\/\/\]|\[?:\]?(?:\/\/|\\\/\\\/))/gi
const HOST =
  /^(?:[^\s/?#@\\]*@)?(?:\[([0-9a-f:.]+)(?:%[\w.~-]+)?\]|([\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?)\.?)(?::\d{1,5})?$/iu

/** Longest user, host and port together, in characters. */
const AUTHORITY_MAX = 512

export type UrlSpan = { start: number; end: number }

/** The places of URLs in a text, also de-fanged (hxxp, [.], [:]) and as JSON writes them (https:\/\/). */
export function findUrls(text: string): UrlSpan[] {
  const found: UrlSpan[] = []
  START.lastIndex = 0
  for (let match = START.exec(text); match; match = START.exec(text)) {
    const start = schemeStart(text, match.index, match[1] ?? '')
    if (start < 0) continue
    const authority = match.index + match[0].length
    // The host first: looking for the end of what is no URL, again and again, would take for ever in a long cell.
    const near = endOfUrl(text, authority, Math.min(text.length, authority + AUTHORITY_MAX))
    if (hostOf(refang(text.slice(start, near))) === null) continue
    const end = endOfUrl(text, authority, text.length)
    if (end === authority || hostOf(refang(text.slice(start, end))) === null) continue
    found.push({ start, end })
    START.lastIndex = end
  }
  return found
}

/** The host of a URL in its normal form, with IPv6 addresses without brackets; null where it has none. */
export function hostOf(url: string): string | null {
  const from = url.indexOf('://') + 3
  const rest = url.slice(from).search(/[/?#]/)
  const match = HOST.exec(rest < 0 ? url.slice(from) : url.slice(from, from + rest))
  if (!match) return null
  if (match[1] !== undefined) return ipv6Groups(match[1]) ? match[1] : null
  return match[2] ?? null
}

/** Where the scheme begins: text may run into it (xhttp is no scheme, "u003dhttps" of JSON is one). */
function schemeStart(text: string, index: number, letters: string): number {
  const lower = letters.toLowerCase()
  for (const length of LENGTHS) {
    if (length > lower.length || !SCHEMES.has(lower.slice(-length))) continue
    const start = index + letters.length - length
    const before = text[start - 1] ?? ' '
    const glued = /[\p{L}\p{N}_]/u.test(before)
    return glued && !/(?:\\u00[0-9a-f]{2}|%[0-9a-f]{2}|\\[nrt])$/i.test(text.slice(Math.max(0, start - 6), start))
      ? -1
      : start
  }
  return -1
}

/** What a character means inside a URL: 0 nothing special, 1 an end, 2 to be looked at. */
const ROLE = new Uint8Array(128)
for (let code = 0; code <= 32; code++) ROLE[code] = 1
for (const char of `"'<>\`|^`) ROLE[char.charCodeAt(0)] = 1
for (const char of '\\?()[]{}&;,') ROLE[char.charCodeAt(0)] = 2
const OPENS = '([{'
const CLOSES = ')]}'
const TRAILING = new Set('.,;:!?*-_~$('.split(''))

/** Spaces, quotes, three dots and the punctuation of East Asian texts. */
const endsBeyondAscii = (code: number): boolean =>
  code === 0xa0 ||
  code === 0xab ||
  code === 0xbb ||
  (code >= 0x2018 && code <= 0x201f) ||
  code === 0x2026 ||
  (code >= 0x3000 && code <= 0x303f) ||
  (code >= 0xff01 && code <= 0xff1f && (code < 0xff10 || code > 0xff19))

function endOfUrl(text: string, authority: number, limit: number): number {
  const open = [0, 0, 0]
  let query = false
  let end = authority
  for (; end < limit; end++) {
    const code = text.charCodeAt(end)
    if (code >= 128) {
      if (endsBeyondAscii(code)) break
      continue
    }
    const role = ROLE[code]
    if (role === 0) continue
    if (role === 1) break
    const char = text.charAt(end)
    const opened = OPENS.indexOf(char)
    const closed = CLOSES.indexOf(char)
    if (opened >= 0) open[opened] = (open[opened] ?? 0) + 1
    else if (closed >= 0) {
      if (!open[closed]) break
      open[closed] = (open[closed] ?? 0) - 1
    } else if (char === '\\') {
      // JSON writes a slash as \/ and CEF an equals sign as \=; any other backslash is an escape or a path.
      if (text[end + 1] !== '/' && text[end + 1] !== '=') break
    } else if (char === '?') query = true
    else if (
      char === '&'
        ? !query || text[end + 1] === '&'
        : char === ';'
          ? !/^;\w+=/.test(text.slice(end, end + 40))
          : endsList(text, end)
    )
      break
  }
  while (end > authority && TRAILING.has(text.charAt(end - 1)) && !isPartOfWord(text, end)) end--
  return end
}

/** True for the comma between the URLs of a list or before the next field. */
const endsList = (text: string, at: number): boolean => /^,\s*(?:$|["'[]|[a-z]{2,6}\[?:)/i.test(text.slice(at, at + 12))

const isPartOfWord = (text: string, end: number): boolean =>
  '-_~'.includes(text.charAt(end - 1)) && /[\w%/]/.test(text[end - 2] ?? '')
