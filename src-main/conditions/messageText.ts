/** Values are cut here, in characters. */
const VALUE_MAX = 200
const MESSAGE_MAX = 4_000

/** Fills in `{field}` with what `valueOf` answers; where that is empty, the text names the first of its names. Unpaired braces stay. */
export function messageText(template: string, valueOf: (field: string) => string): string {
  const text = template.replace(/\{([^{}\r\n]{1,300})\}/g, (_all, name: string) => {
    const value = valueOf(name.trim()).replace(/\s+/gu, ' ').trim()
    if (value === '') return `(no ${(name.split('|')[0] ?? '').trim()})`
    return value.length > VALUE_MAX ? `${value.slice(0, VALUE_MAX)}…` : value
  })
  return text.length > MESSAGE_MAX ? `${text.slice(0, MESSAGE_MAX)}…` : text
}
