import Database from 'better-sqlite3'

/** Lines told at most. */
const TOLD = 5

/**
 * How two dataset files differ, table by table, cell by cell with their types; empty where they hold the same. Only how the
 * tables lie on pages does not count. Used by tests and benchmarks.
 */
export function compareDatasets(one: string, other: string): string[] {
  const a = new Database(one, { readonly: true })
  const b = new Database(other, { readonly: true })
  const differences: string[] = []
  try {
    const schema = (db: Database.Database): unknown[] =>
      db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').raw().all()
    if (JSON.stringify(schema(a)) !== JSON.stringify(schema(b))) differences.push('schema')
    const tables = a
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
    for (const table of tables) compareTable(a, b, table, differences)
  } finally {
    a.close()
    b.close()
  }
  return differences
}

function compareTable(a: Database.Database, b: Database.Database, table: string, differences: string[]): void {
  const columns = a.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
  const order = ['iocs', 'hosts', 'meta'].includes(table) ? '1, 2' : '1'
  const read = (db: Database.Database) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw().safeIntegers().iterate()
  const left = read(a)
  const right = read(b)
  for (let row = 1; differences.length < TOLD; row++) {
    const x = left.next()
    const y = right.next()
    if (x.done && y.done) return
    const one: unknown = x.done ? null : x.value
    const other: unknown = y.done ? null : y.value
    if (!Array.isArray(one) || !Array.isArray(other)) {
      differences.push(`${table} ${row}: ${show(one)} | ${show(other)}`)
      break
    }
    columns.forEach((column, index) => {
      const p: unknown = one[index]
      const q: unknown = other[index]
      if (typeof p !== typeof q || show(p) !== show(q))
        differences.push(`${table} ${row} ${column}: ${show(p)} | ${show(q)}`)
    })
  }
  left.return?.()
  right.return?.()
}

const show = (value: unknown): string =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('hex')
    : (JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? 'nothing')
