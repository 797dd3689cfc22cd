type Bound = string | number
declare const made: unique symbol

/** A piece of a statement with the values bound in it. Made by the functions below only, so no value ever stands in the text. */
export type Sql = { readonly text: string; readonly params: Readonly<Record<string, Bound>>; readonly [made]?: true }

const piece = (text: string, params: Record<string, Bound> = {}): Sql => ({ text, params })

/** A statement: `sql\`SELECT ... WHERE ja4 = ${text('ja4', value)}\``. Only pieces go in. */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const text = strings.reduce((sum, next, n) => sum + (pieces[n - 1]?.text ?? '') + next)
  return piece(text.trim(), Object.assign({}, ...pieces.map(({ params }) => params)))
}

/** A value bound as `{name:String}`, and so on. Names are unique in a statement. */
export const text = (name: string, value: string): Sql => piece(`{${name}:String}`, { [name]: value })
export const whole = (name: string, value: number): Sql => piece(`{${name}:UInt32}`, { [name]: value })
export const integer = (name: string, value: number): Sql => piece(`{${name}:Int64}`, { [name]: value })
export const decimal = (name: string, value: number): Sql => piece(`{${name}:Float64}`, { [name]: value })

/** Text to be found anywhere in a column, in any case of ASCII: `col ILIKE ...`. What an analyst types means itself. */
export const like = (name: string, value: string): Sql =>
  text(name, `%${value.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)

/** An identifier of a white list: a column to sort by, a direction. Throws for anything else. */
export function name(word: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(word)) throw new Error(`${word} is no identifier.`)
  return piece(word)
}

/** `a AND b`; what is null or undefined is left out; nothing: `1`. */
export function and(...conditions: readonly (Sql | null | undefined)[]): Sql {
  const all = conditions.filter((one) => one !== null && one !== undefined)
  if (all.length === 0) return piece('1')
  return piece(all.map((one) => one.text).join(' AND '), Object.assign({}, ...all.map(({ params }) => params)))
}

/** Pieces with a comma between them. */
export const list = (...pieces: readonly Sql[]): Sql =>
  piece(pieces.map((one) => one.text).join(', '), Object.assign({}, ...pieces.map(({ params }) => params)))

/** `condition` where the filter is set, else nothing: `when(params.ja4, (v) => sql\`ja4 = ${text('ja4', v)}\`)`. */
export const when = <V>(value: V | undefined | null | '', condition: (value: V) => Sql): Sql | null =>
  value === undefined || value === null || value === '' ? null : condition(value)

export const placed = (database: string, table: string): Sql => piece(`${name(database).text}.${name(table).text}`)
export const quoted = (database: string, table: string): Sql => piece(`'${name(database).text}.${name(table).text}'`)
