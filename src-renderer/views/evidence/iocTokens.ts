import type { Column } from '#contract/datasets'
import type { IocType } from '#contract/values'

export type TextToken = { text: string; ioc: IocType | null }

/** How an indicator looks inside text. Only for the eye: what an indicator is, the import has decided (datasets.iocs). */
const looks: Partial<Record<IocType, string>> = {
  url: String.raw`\bh(?:tt|xx)ps?:\/\/[^\s"'<>|)\]]{2,300}|\bftp:\/\/[^\s"'<>|)\]]{2,300}`,
  email: String.raw`\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b`,
  ipv4: String.raw`(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])`,
  sha256: String.raw`\b[0-9a-fA-F]{64}\b`,
  sha1: String.raw`\b[0-9a-fA-F]{40}\b`,
  md5: String.raw`\b[0-9a-fA-F]{32}\b`,
}

export type Tokenizer = (text: string) => TextToken[]

/** Cuts text at indicators of the types that the import found in this column; null when there are none to show. */
export function iocTokenizer(types: readonly IocType[]): Tokenizer | null {
  const known = types.flatMap((type) => (looks[type] ? [{ type, look: looks[type] }] : []))
  if (known.length === 0) return null
  const pattern = new RegExp(known.map(({ look }) => `(${look})`).join('|'), 'g')
  return (text) => {
    const tokens: TextToken[] = []
    let from = 0
    for (const found of text.matchAll(pattern)) {
      const which = found.slice(1).findIndex((group) => group !== undefined)
      if (found.index > from) tokens.push({ text: text.slice(from, found.index), ioc: null })
      tokens.push({ text: found[0], ioc: known[which]?.type ?? null })
      from = found.index + found[0].length
    }
    if (from < text.length) tokens.push({ text: text.slice(from), ioc: null })
    return tokens
  }
}

/** Longer texts are not looked for, in characters. */
const SOUGHT_MAX = 4_096

/** The indicator that a cell is or holds, with its type where the column says it; null: none. */
export function indicatorInCell(
  text: string,
  column: Pick<Column, 'ioc' | 'iocsInText'>,
): { type: Column['ioc']; target: string } | null {
  const target = soughtInCell(text, column)
  if (target === null) return null
  if (column.ioc !== null) return { type: column.ioc, target }
  return target === text.trim() && !iocTokenizer(column.iocsInText)?.(text).some(({ ioc }) => ioc !== null)
    ? null
    : { type: null, target }
}

/** What of a cell to look for in other hunts: the first indicator in its text, else the whole cell; null where it is too long. */
export function soughtInCell(text: string, column: Pick<Column, 'ioc' | 'iocsInText'>): string | null {
  const inside =
    column.ioc === null ? iocTokenizer(column.iocsInText)?.(text).find(({ ioc }) => ioc !== null) : undefined
  const sought = (inside?.text ?? text).trim()
  return sought === '' || sought.length > SOUGHT_MAX ? null : sought
}
