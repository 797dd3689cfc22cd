import { parse } from 'tldts'

/** Endings that are top-level domains but far more often files: believed only under a second-level suffix (com.py) or www. */
const FILE_ENDINGS = new Set(
  'zip mov py sh rs md ps so cab cat map pm la vi properties target tf mk am ms app win dot docs tab prof bz pub bat java inc data prod'.split(
    ' ',
  ),
)
/** Names under such endings that are known services: there it is the file that is rare. */
const KNOWN_SERVICES = new Set(
  'transfer.sh temp.sh interact.sh onion.sh onion.cab bun.sh brew.sh notion.so aka.ms 1drv.ms devtunnels.ms docs.rs rustup.rs dig.pm ngrok.app ngrok-free.app freegeoip.app netlify.app vercel.app web.app mine.bz'.split(
    ' ',
  ),
)
/** Programs of DOS and Windows that end in .com. */
const COM_PROGRAMS = new Set(
  'command more chcp tree mode format diskcopy diskcomp edit graftabl loadfix win kb16 sys doskey'.split(' '),
)
/** First words of names in code and in event schemas (user.name, process.id): no host names unless the ending is an everyday one. */
const CODE_WORDS = new Set(
  `this self window document os user process file host event agent rule client server service source destination object item err error
  params args arg config node module exports request response req res data system threat network url http dns tls winlog log message
  message registry container cloud device actor target group session math json console obj ctx env app form input output result row key
  value script my me sender package test index main default string list array dict element parent child image account computer
  logger logging cloud location san wscript shell scripting adodb excel word outlook msxml2 schedule wbem rule field column property properties api`.split(
    /\s+/,
  ),
)
/** Endings that name outcomes of events and programs (login.fail, wscript.shell) more often than hosts. */
const CODE_ENDINGS = new Set(['fail', 'shell', 'name', 'call', 'new', 'select', 'buy'])
/** Endings that are words of code and of event schemas: only these make one doubt a name that begins like code. */
const CODE_LIKE = new Set(
  `name id is do as at so to in it link host run data map date page style group call select open show watch play click search
  report email contact direct events media network news now properties rest review security services shell space support systems
  tools total work world zone new fail buy ms md channel management exchange express center schedule software forms file final finance fit
  fix menu next one parts phone place plus save secure share sound stream talk team theater tips video vision wiki win guide help`.split(
    /\s+/,
  ),
)
/** Endings that are everyday host names even where a name is all upper case or starts like a package. */
const EVERYDAY = new Set(
  'com net org ru cn de uk fr io co info biz edu gov mil int eu us jp kr br top xyz cc tk ml ga cf gq su ua ir vn pl nl es ch be cz ro hu se no fi dk gr tr pt'.split(
    ' ',
  ),
)
/** First words of packages of Java and bundles of Apple and Android. */
const PACKAGE_ROOTS = new Set(
  'com org net io java javax sun jdk android androidx kotlin scala edu gov de fr me dev'.split(' '),
)
const JAVA_ROOTS = new Set(['java', 'javax', 'sun', 'jdk', 'android', 'androidx', 'kotlin', 'scala'])
const DOTNET_FIRST = new Set(['asp', 'vb', 'ado', 'ml', 'system', 'microsoft', 'windows'])

const verdicts = new Map<string, boolean>()
const endings = new Map<string, boolean>()
const CACHE_MAX = 50_000

/**
 * True where a name is a registrable domain under a public suffix of ICANN's part of the list, or a host below one.
 * `lower` is the name in lower case, labels joined by plain dots.
 */
export function isRegistered(lower: string): boolean {
  if (!isEnding(lower.slice(lower.lastIndexOf('.') + 1))) return false
  const known = verdicts.get(lower)
  if (known !== undefined) return known
  if (verdicts.size >= CACHE_MAX) verdicts.clear()
  const verdict = lookUp(lower)
  verdicts.set(lower, verdict)
  return verdict
}

function lookUp(lower: string): boolean {
  if (lower.length > 253 || lower.endsWith('.arpa')) return false
  for (const label of lower.split('.')) {
    if (label.length === 0 || label.length > 63 || label.startsWith('-') || label.endsWith('-')) return false
  }
  const { isIcann, domain, isIp } = parse(lower, {
    allowPrivateDomains: false,
    validateHostname: false,
    extractHostname: false,
  })
  return isIcann === true && !isIp && domain !== null && !domain.includes('_')
}

/** True where a label (lower case) is a top-level domain. */
export function isEnding(label: string): boolean {
  const known = endings.get(label)
  if (known !== undefined) return known
  if (endings.size >= CACHE_MAX) endings.clear()
  const verdict =
    /^(?:\p{L}{2,63}|xn--[a-z0-9-]+)$/u.test(label) &&
    // The list has za only with a label before it: co.za.
    parse(label === 'za' ? 'x.co.za' : `x.${label}`, { allowPrivateDomains: false }).isIcann === true
  endings.set(label, verdict)
  return verdict
}

/**
 * True where a registered-looking name in free text is meant as a host and not as a file, a .NET or Java name, a field of
 * a schema or the end of a sentence. `name` in its letter case, joined by plain dots; `next` the character after it.
 */
export function isMeantAsDomain(name: string, next: string): boolean {
  const lower = name.toLowerCase()
  const labels = lower.split('.')
  const first = labels[0] ?? ''
  const ending = labels.at(-1) ?? ''
  if (first === 'www' && labels.length > 2) return true
  const written = name.slice(name.lastIndexOf('.') + 1)
  // System.Net, Microsoft.PowerShell.Management, "it is done.In the end".
  if (/^[A-Z][a-z]+$/.test(written)) return false
  const everyday = EVERYDAY.has(ending)
  if (name === name.toUpperCase() && !everyday && ending.length !== 2) return false
  if (JAVA_ROOTS.has(first) || (PACKAGE_ROOTS.has(first) && labels.length > 2 && !everyday)) return false
  if (labels.length === 2 && first === 'com') return false
  if (FILE_ENDINGS.has(ending)) {
    // Modules of Rust have no dashes.
    if (ending === 'rs' && first.includes('-')) return true
    if (KNOWN_SERVICES.has(labels.slice(-2).join('.'))) return true
    const { publicSuffix } = parse(lower, { allowPrivateDomains: false })
    return ending === 'app' ? labels.length > 2 : publicSuffix?.includes('.') === true && labels.length > 2
  }
  if (CODE_ENDINGS.has(ending) && (labels.length > 2 || CODE_WORDS.has(first))) return false
  if (ending === 'com' && labels.length === 2 && COM_PROGRAMS.has(first)) return false
  if (ending === 'net' && labels.length === 2 && DOTNET_FIRST.has(first)) return false
  if (first === 'system' && labels.length === 2) return false
  if (CODE_LIKE.has(ending) && ((labels.length === 2 && CODE_WORDS.has(first)) || next === '(' || next === '='))
    return false
  if (ending === 'info' && next === '(' && CODE_WORDS.has(first)) return false
  // cloud.account.id, e.target.id
  if (CODE_LIKE.has(ending) && labels.slice(0, -1).every((label) => label.length === 1 || CODE_WORDS.has(label)))
    return false
  if (labels.length === 2 && first.length === 1 && ending.length > 2 && !everyday) return false
  return everyday || labels.slice(0, -1).some((label) => !/^\d+$/.test(label))
}
