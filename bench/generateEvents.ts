import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs'
import { once } from 'node:events'

/** A small deterministic generator (mulberry32), so that every run measures the same bytes. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const HEADER =
  'UtcTime,Computer,EventID,EventRecordID,User,LogonId,ProcessGuid,ProcessId,Image,CommandLine,ParentProcessId,ParentImage,IntegrityLevel,MD5,SHA256,SourceIp,SourcePort,DestinationIp,DestinationPort,DestinationHostname,Url,BytesSent'

/**
 * Writes a file of Windows process and network events: 22 columns, about 560 bytes a row, quoted cells, line breaks inside
 * cells, letters beyond ASCII, skewed distributions as in real evidence. Nothing is written when the file is there already.
 */
export async function generateEvents(path: string, rows: number, seed = 1): Promise<number> {
  if (existsSync(path)) return statSync(path).size
  const next = random(seed)
  const pools = random(4242)
  const pick = <T>(list: readonly T[], chance = next): T => list[Math.floor(chance() * list.length)] as T
  const skewed = <T>(list: readonly T[]): T => list[Math.floor(next() ** 3 * list.length)] as T
  const hex = (length: number, chance = next): string =>
    Array.from({ length }, () => Math.floor(chance() * 16).toString(16)).join('')
  const many = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_, n) => make(n))

  const hosts = many(
    300,
    (n) =>
      `${pick(['WKS', 'SRV', 'DC', 'SQL'], pools)}-${pick(['LON', 'NYC', 'FRA'], pools)}${String(n).padStart(4, '0')}`,
  )
  const users = many(450, (n) =>
    n % 90 === 0 ? pick(['CORP\\jörg.müller', 'CORP\\李明', 'CORP\\иван'], pools) : `CORP\\user${n}`,
  )
  const images = many(
    200,
    (n) =>
      `C:\\${pick(['Windows\\System32', 'Program Files\\Vendor', 'ProgramData\\Tool'], pools)}\\${n < 20 ? pick(['svchost', 'cmd', 'chrome', 'powershell', 'conhost'], pools) : `agent${n}`}.exe`,
  )
  const hashes = many(20_000, () => [hex(32, pools), hex(64, pools)] as const)
  const addresses = many(60_000, (n) =>
    n % 25 === 0
      ? `2001:db8:${hex(4, pools)}::${hex(4, pools)}`
      : many(4, (k) => (k === 0 ? 11 + Math.floor(pools() * 150) : Math.floor(pools() * 255))).join('.'),
  )
  const domains = many(
    8_000,
    (n) =>
      `${pick(['www', 'api', 'cdn', 'mail'], pools)}.site${n}.${pick(['com', 'net', 'org', 'io', 'co.uk', 'de'], pools)}`,
  )
  const guid = (): string => `{${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}}`
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

  const command = (image: string, host: string): string => {
    const kind = next()
    if (kind < 0.25) return `${image} -k netsvcs -p -s ${pick(['Schedule', 'BITS', 'wuauserv', 'Winmgmt'])}`
    if (kind < 0.5)
      return `"${image}" --type=${pick(['renderer', 'utility', 'gpu-process'])} --lang=en-US --field-trial-handle=${Math.floor(next() * 9_000)},i,${hex(16)},262144 /prefetch:${Math.floor(next() * 9)}`
    if (kind < 0.7)
      return `powershell.exe -NoProfile -Command "Get-Item -Path 'C:\\Users\\${host}' | Select-Object Name, Id"`
    if (kind < 0.9)
      return `cmd.exe /c "dir ""C:\\Users\\Public\\Documents\\report ${Math.floor(next() * 1e5)}"" /s /b > C:\\Windows\\Temp\\${hex(8)}.txt"`
    if (kind < 0.995) return `rundll32.exe C:\\Windows\\System32\\shell32.dll,#${Math.floor(next() * 99)} ${guid()}`
    return `cmd.exe /c echo first\necho second line, with a comma é`
  }

  const temporary = `${path}.part`
  const out = createWriteStream(temporary, { highWaterMark: 4_194_304 })
  let text = `${HEADER}\n`
  let time = Date.UTC(2024, 0, 1)
  for (let n = 0; n < rows; n++) {
    time += Math.floor(next() * 5_184)
    const host = skewed(hosts)
    const image = skewed(images)
    const hash = skewed(hashes)
    const network = next() < 0.4
    text += [
      new Date(time)
        .toISOString()
        .replace('T', ' ')
        .replace('Z', String(Math.floor(next() * 1e4)).padStart(4, '0')),
      host,
      network ? 3 : 1,
      100_000 + n,
      skewed(users),
      `0x${hex(6)}`,
      guid(),
      Math.floor(next() * 65_000),
      image,
      quoted(command(image, host)),
      Math.floor(next() * 65_000),
      skewed(images),
      pick(['System', 'High', 'Medium']),
      hash[0],
      hash[1],
      network ? `10.20.${Math.floor(next() * 255)}.${Math.floor(next() * 255)}` : '',
      network ? 49_152 + Math.floor(next() * 16_000) : '',
      network ? skewed(addresses) : '',
      network ? pick([80, 443, 53, 445, 8080]) : '',
      network ? skewed(domains) : '',
      network && next() < 0.3 ? `https://${skewed(domains)}/path/${hex(12)}?id=${Math.floor(next() * 1e6)}` : '',
      network ? Math.floor(next() * 1e6) : '',
    ].join(',')
    text += '\n'
    if (text.length > 2_097_152) {
      if (!out.write(text)) await once(out, 'drain')
      text = ''
    }
  }
  out.end(text)
  await once(out, 'close')
  renameSync(temporary, path)
  return statSync(path).size
}
