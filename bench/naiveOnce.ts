import { createReadStream } from 'node:fs'
import Papa from 'papaparse'
import { openWritable } from '../src-main/sqlite/db.ts'

// The way the forerunners did it: every row one JSON text in one table.
const [path, target] = process.argv.slice(2)
const db = openWritable(target ?? ':memory:')
db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, data TEXT NOT NULL)')
const insert = db.prepare('INSERT INTO rows (data) VALUES (?)')
db.exec('BEGIN')
await new Promise<void>((resolve, reject) => {
  Papa.parse<Record<string, string>>(createReadStream(path ?? '', 'utf8'), {
    header: true,
    skipEmptyLines: true,
    step: ({ data }) => void insert.run(JSON.stringify(data)),
    complete: () => resolve(),
    error: reject,
  })
})
db.exec('COMMIT')
db.close()
