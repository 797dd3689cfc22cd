import type { IocType } from '#contract/values'
import { canonicalIpv6, ipv6Groups } from './addresses.ts'

/** The ways a dot and an at sign are written, also de-fanged, with a space on both sides of the brackets or only half of them. Source of regular expressions. */
export const DOT = String.raw`(?:\.\]?|\[\.\]?|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}| \[\.\] )`
export const AT = String.raw`(?:@|\[@\]| ?\[at\] ?| ?\(at\) ?| ?\{at\} ?)`

const DEFANGED = / ?\[(?:\.|dot)\] ?|\((?:\.|dot)\)|\{(?:\.|dot)\}|\[\.|\.\]/gi

/** True where the text is written so that nobody clicks on it: an author meant an indicator. */
export const isDefanged = (text: string): boolean => /[[({](?:\.|dot|@|at|:|:\/\/)[\])}]|^h(?:xx|\*\*|tt\[)/i.test(text)

/** The text with de-fanging undone: hxxp, [.], (.), {.}, [dot], [at], [@], [:], [://], [/], the \/ of JSON and the \= of CEF. */
export function refang(text: string): string {
  if (!/[[({\]\\]|^(?:hxx|h\*\*|fxp|meow)/i.test(text)) return text
  return text
    .replace(/^h(?:xx|\*\*)p/i, 'http')
    .replace(/^meow(?=s?\W)/i, 'http')
    .replace(/^fxp/i, 'ftp')
    .replace(DEFANGED, '.')
    .replace(/\[@\]| ?\[at\] ?| ?\(at\) ?| ?\{at\} ?/gi, '@')
    .replace(/\[(::?|:\/\/|\/)\]/g, '$1')
    .replace(/\\([/=])/g, '$1')
}

/** The one form in which an indicator is kept, from the text in which it was found. */
export function normalIoc(type: IocType, text: string): string {
  const plain = refang(text)
  if (type === 'url') return normalUrl(plain)
  if (type !== 'ipv6') return plain.toLowerCase()
  const groups = ipv6Groups(plain)
  return groups ? canonicalIpv6(groups) : plain.toLowerCase()
}

/** Scheme and host in lower case; user, path and query mean something in their letter case. */
function normalUrl(url: string): string {
  const host = url.indexOf('://') + 3
  const rest = url.slice(host).search(/[/?#]/)
  const end = rest < 0 ? url.length : host + rest
  const user = url.lastIndexOf('@', end)
  const from = user >= host ? user + 1 : host
  return url.slice(0, host).toLowerCase() + url.slice(host, from) + url.slice(from, end).toLowerCase() + url.slice(end)
}
