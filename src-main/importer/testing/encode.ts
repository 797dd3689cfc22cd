/** Writing text in encodings that Node only reads: tables are made by decoding all byte pairs. For tests. */
const MULTI_BYTE = ['shift_jis', 'gb18030', 'big5', 'euc-kr', 'euc-jp'] as const
const SINGLE_BYTE = ['windows-1252', 'windows-1251', 'koi8-r'] as const
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'iso-2022-jp', ...MULTI_BYTE, ...SINGLE_BYTE] as const

const tables = new Map<string, Map<string, Buffer>>()

function tableOf(encoding: string): Map<string, Buffer> {
  const known = tables.get(encoding)
  if (known) return known
  const table = new Map<string, Buffer>()
  const decoder = new TextDecoder(encoding)
  const add = (bytes: Buffer): void => {
    const text = decoder.decode(bytes)
    if ([...text].length === 1 && text !== '\ufffd' && text.charCodeAt(0) > 127 && !table.has(text))
      table.set(text, bytes)
  }
  for (let first = 0x80; first <= 0xff; first++) {
    if (SINGLE_BYTE.some((name) => name === encoding)) add(Buffer.from([first]))
    else for (let second = 0x30; second <= 0xfe; second++) add(Buffer.from([first, second]))
  }
  tables.set(encoding, table)
  return table
}

/** Characters beyond ASCII that the encoding has, with those whose second byte is a delimiter or a letter. */
export function charactersOf(encoding: string): string[] {
  if (encoding === 'utf-8') return ['é', 'Ж', '語', '😀', '\u00a0']
  // U+0A0A and U+220A: their bytes hold line feeds and a quote.
  if (encoding.startsWith('utf-16')) return ['é', '語', '😀', '\u0a0a', '\u220a', '\u0d0a', '\u2c2c']
  if (encoding === 'iso-2022-jp') return ['あ', '日', '本']
  const table = [...tableOf(encoding)]
  const tricky = [0x7c, 0x5e, 0x5c, 0x41].flatMap((byte) =>
    table.filter(([, bytes]) => bytes[1] === byte).slice(20, 22),
  )
  return [...table.slice(0, 4), ...tricky].map(([character]) => character)
}

export function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  if (encoding === 'iso-2022-jp') return encodeIso2022(text)
  const table = tableOf(encoding)
  return Buffer.concat(
    Array.from(text, (character) =>
      character.charCodeAt(0) < 128 ? Buffer.from(character) : (table.get(character) ?? Buffer.from('?')),
    ),
  )
}

/** Runs of two-byte characters stand between one pair of escapes: two escapes in a row would be invalid. */
function encodeIso2022(text: string): Buffer {
  return Buffer.concat(
    text.split(/([^\x00-\x7f]+)/).map((run, index) => {
      if (index % 2 === 0) return Buffer.from(run)
      const pairs = Array.from(run, (character) =>
        (tableOf('euc-jp').get(character) ?? Buffer.from([0xa1, 0xa1])).map((byte) => byte & 127),
      )
      return Buffer.concat([Buffer.from('\x1b$B'), ...pairs, Buffer.from('\x1b(B')])
    }),
  )
}
