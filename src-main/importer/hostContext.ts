/** Words after which four numbers are a version, a chapter or the like. */
const VERSION_BEFORE =
  /(?:version|(?:(?<![a-z])|(?<=file|product|os))ver|(?<!-)\bv|\bbuild|release|revision|\bassembly|\brev|\bfirmware|\bfw|\bdriver|\bclr|\bruntime|\bsdk|\bsection|\bchapter|\bclause|\boid)s?\.?(?:\s(?:is|was|number|no\.?))?["'\\(]*\s*[:=]?\s*["'\\]*$/i
/** Programs that are named with their versions. */
const PROGRAM_BEFORE = /\b(?:chrome|firefox|edge|safari|opera|reader|acrobat|openssl|openssh|zoom|teamviewer|kb\d+)\s$/i
/** Words behind four numbers that make them a version: "1.1.1.7 build", "2.1.0.4 (x64)". */
const VERSION_AFTER = /^\s(?:build\b|\(?(?:x64|x86|(?:32|64)[- ]?bit)\b)/i
/** Services of Kerberos names (HTTP/web.example.com) and the sockets of bash (/dev/tcp/10.0.0.1/4444), where a slash does not begin a file. */
const SERVICE_BEFORE =
  /(?:^|[\s"',;=:[({])(?:http|https|ldap|host|cifs|mssqlsvc|termsrv|wsman|rpc|rpcss|gc|dns|krbtgt|restrictedkrbhost|smtp|imap|pop|nfs|ftp|exchange\w*|sip|hypervisor|tcp|udp)\/$|\/dev\/(?:tcp|udp)\/$/i
/** Keys of the registry named by hosts: ...\PortProxy\v4tov4\tcp\10.0.0.1/8080, ...\Terminal Server Client\Servers\10.0.0.1. */
const REGISTRY_BEFORE = /(?:v[46]tov[46]\\{1,2}tcp|Client\\{1,2}Servers)\\{1,2}$/i
/** The long form of the path of a share: \\?\UNC\server\share. */
const LONG_SHARE_BEFORE = /[?.](?:\\{1,2})UNC\\{1,2}$/i
/** Programs that read or make files whose endings are countries: perl a.pl, gcc x.cc. */
const FILE_TOOL_BEFORE =
  /\b(?:perl|python[\d.]*|ruby|php|bash|sh|node|gcc|g\+\+|clang|cat|less|vim?|nano|rm|cp|mv|touch|source)\s(?:[-\w]*-\w+\s(?:\w+\s)?)?$/i
const TOOL_ENDINGS = /\.(?:pl|cc|ai|in|im|st|to)$/i

/** True where four numbers are an address and not a version, a folder named by one, or part of a longer number. */
export function isAddressHere(text: string, start: number, end: number): boolean {
  if (start === 0 && end === text.length) return true
  const before = text.slice(Math.max(0, start - 24), start)
  const after = text.slice(end, end + 12)
  if (
    /^(?:\.\d|[+~])/.test(after) ||
    VERSION_BEFORE.test(before) ||
    VERSION_AFTER.test(after) ||
    PROGRAM_BEFORE.test(before)
  )
    return false
  const last = text[start - 1]
  if (last === '\\') return isShare(text, start) || isNoVersion(text.slice(start, end)) || REGISTRY_BEFORE.test(before)
  if (last !== '/' || text[start - 2] === '/' || text[start - 2] === '\\') return true
  // Chrome/92.0.10.107 and /opt/tool/1.2.3.4/bin against /10.0.0.5:8080 of Java and http/10.0.0.5 of Kerberos.
  return (
    !/[\w)\]]$/.test(before.slice(0, -1)) ||
    /^:\d/.test(after) ||
    SERVICE_BEFORE.test(before) ||
    isNoVersion(text.slice(start, end))
  )
}

/** Four numbers that no program has for a version: folders of network tools and of log servers are named by addresses. */
const isNoVersion = (address: string): boolean =>
  address.startsWith('192.168.') || (address.length >= 13 && !/\b0\b/.test(address))

/** True where a name stands in a path of files, so that it is a file or a folder. */
export function isPathPart(text: string, start: number, before: string): boolean {
  const last = text[start - 1]
  if (last === '\\') return !isShare(text, start) && !REGISTRY_BEFORE.test(before)
  return last === '/' && text[start - 2] !== '/' && !SERVICE_BEFORE.test(before)
}

/** True for the file that a program is given. */
export const isFileOfTool = (name: string, before: string): boolean =>
  TOOL_ENDINGS.test(name) && FILE_TOOL_BEFORE.test(before)

const backslashes = (text: string, start: number): number => {
  let count = 0
  while (text[start - 1 - count] === '\\') count++
  return count
}

/** True behind the \\ that begins the path of a share (\\\\ in JSON), not behind the one of C:\\Windows. */
export function isShare(text: string, start: number): boolean {
  const count = backslashes(text, start)
  if (count >= 2 && !/[\w:.%$)\]}~-]/.test(text[start - count - 1] ?? ' ')) return true
  return count > 0 && LONG_SHARE_BEFORE.test(text.slice(Math.max(0, start - 8), start))
}

/** In JSON a single backslash begins an escape: \nexample.com. */
export const escapedAt = (text: string, at: number, raw: string): boolean =>
  text[at - 1] === '\\' && /^[nrt]/.test(raw) && backslashes(text, at) % 2 === 1 && /^\s*[[{]/.test(text)
