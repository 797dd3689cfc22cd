import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../src-main/importer/importFile.ts'
import { createDatasetFiles, datasetPath, type DatasetFiles } from '../src-main/sqlite/datasetFiles.ts'
import { createIndicatorFile } from '../src-main/sqlite/indicatorFile.ts'
import { addKeepGoing } from '../src-main/sqlite/keepGoing.ts'
import { openWritable, type ReadDb, type WriteDb } from '../src-main/sqlite/db.ts'
import { migrate } from '../src-main/sqlite/migrate.ts'

// Every statement of src-main/sqlite/queries is prepared against a workspace with all migrations or against a dataset file: a column that
// is not there, or a slip of the pen, is found whether or not a test asks that question. What is put into a statement when it is
// asked (a condition, an order) is stood in for by any of STAND_INS with which it can be prepared; what stands in the source is held.

const FOLDER = join(import.meta.dirname, '../src-main/sqlite/queries')
const STAND_INS = [
  '1',
  '',
  '?',
  'id',
  'host',
  'alerts',
  'rows r',
  'AND 1',
  'WHERE 1',
  'ORDER BY 1',
  'DESC',
  ', 1',
  'id = 1',
]
/** Holes that are filled apart with any of them, or else with the first few; more are filled with the same one each. */
const APART = { any: 2, few: 6 }
const FEW = STAND_INS.slice(0, 4)
/** What begins so is a statement, wherever in the source it stands. */
const SQL = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\s/

let folder: string
let workspace: WriteDb
let files: DatasetFiles
const databases = (): Pick<ReadDb, 'prepare'>[] => [workspace, files.open('d').db]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-prepared-'))
  workspace = openWritable(join(folder, 'workspace.db'))
  migrate(workspace, join(folder, 'backups'))
  const path = join(folder, 'a.csv')
  writeFileSync(path, 'When,Host,Detail\n2024-01-01 00:00:00,ws1,203.0.113.7\n')
  await importFile(
    { path, name: 'a.csv', dialect: {}, target: datasetPath(folder, 'd') },
    { cancelled: () => false, progress: () => undefined },
  )
  files = createDatasetFiles(folder, () => false)
  addKeepGoing(workspace, () => false)
  // A list of indicators on its way in.
  createIndicatorFile(join(folder, 'listed.db'), 1).finish()
  workspace.prepare('ATTACH ? AS listed').run(join(folder, 'listed.db'))
})
afterAll(() => {
  files.closeAll()
  workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Texts and holes of a statement, in turn: text, hole, text. `asked`: as the source writes it. */
type Statement = { place: string; asked: string; texts: string[] }

/** What an expression says, as far as the source says it; null: a hole. */
function textOf(node: ts.Expression, known: ReadonlyMap<string, ts.Expression>): (string | null)[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textOf(node.expression, known)
  if (ts.isTemplateExpression(node))
    return [
      node.head.text,
      ...node.templateSpans.flatMap(({ expression, literal }) => [...textOf(expression, known), literal.text]),
    ]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [...textOf(node.left, known), ...textOf(node.right, known)]
  const value = ts.isIdentifier(node) ? known.get(node.text) : undefined
  return value ? textOf(value, known) : [null]
}

function statementsOf(file: string): Statement[] {
  const text = readFileSync(join(FOLDER, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const known = new Map<string, ts.Expression>()
  const found: Statement[] = []
  const visit = (node: ts.Node, each: (node: ts.Node) => void): void => {
    each(node)
    node.forEachChild((child) => visit(child, each))
  }
  const named = new Map<string, number>()
  visit(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return
    named.set(node.name.text, (named.get(node.name.text) ?? 0) + 1)
    known.set(node.name.text, node.initializer)
  })
  // A name that means several things means none here.
  for (const [name, times] of named) if (times > 1) known.delete(name)
  const isSql = (node: ts.Node): boolean =>
    (ts.isStringLiteralLike(node) && SQL.test(node.text)) || (ts.isTemplateExpression(node) && SQL.test(node.head.text))
  visit(source, (node) => {
    const prepares =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'prepare'
    const argument = prepares ? node.arguments[0] : isSql(node) ? node : null
    if (!argument || !ts.isExpression(argument) || (prepares && isSql(argument))) return
    const texts: string[] = ['']
    for (const piece of textOf(argument, known)) {
      if (piece === null) texts.push('')
      else texts.push((texts.pop() ?? '') + piece)
    }
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push({ place: `${file}:${line + 1}`, asked: `${file} ${argument.getText()}`, texts })
  })
  return found
}

/** Every way to fill so many holes, the same stand-in in each first. */
function* fillings(holes: number): Generator<string[]> {
  for (const one of STAND_INS) yield Array.from({ length: holes }, () => one)
  const from = holes <= APART.any ? STAND_INS : FEW
  if (holes < 2 || holes > APART.few) return
  for (let n = 0; n < from.length ** holes; n++)
    yield Array.from({ length: holes }, (_, hole) => from[Math.floor(n / from.length ** hole) % from.length] ?? '')
}

/** Why a statement cannot be prepared in any way; null where it can. */
function failure({ texts }: Statement): string | null {
  const failures = new Set<string>()
  for (const filling of fillings(texts.length - 1)) {
    const sql = texts.map((text, n) => text + (filling[n] ?? '')).join('')
    for (const db of databases()) {
      try {
        db.prepare(sql)
        return null
      } catch (error) {
        failures.add(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const told = [...failures]
  return [...told.filter((one) => !one.includes('syntax error')), ...told].slice(0, 3).join('; ')
}

/** What is handed over as a whole: the texts that it can be stand in the same file, or where its tables are listed, and are held there. */
const HANDED_OVER: readonly string[] = [
  'alerts.read.ts sql',
  'casePlaces.read.ts sql',
  'cases.read.ts sql',
  'citedRows.read.ts sql',
  'intel.write.ts sql',
  'sharedRecords.read.ts sql',
  'sharedRecords.write.ts insertInto(kind.table, columns, kind.own)',
  "sharedRecords.write.ts insertInto(list.table, all, list.own, ' OR IGNORE', list.key)",
]

/** Made of parts that are tables, columns or whole clauses, so that no stand-in fits: tests ask these. By file and beginning; where they are mended, they go. */
const OF_PARTS: readonly string[] = [
  'annotations.write.ts `${sql} RETURNING hunt_id AS huntId, dataset_id AS datasetId`',
  "fieldStats.read.ts `SELECT * FROM (SELECT '${kind}' AS kind, value, n, 0 AS empty, first, ",
  'fieldStats.read.ts `WITH g AS MATERIALIZED ( SELECT ${quoteName(column.name)} AS value, su',
  'hypotheses.write.ts `${sql} RETURNING hunt_id AS huntId`',
  'intel.write.ts `INSERT INTO intel_indicators (content, ${INDICATOR_COLUMNS}) SELECT ?, ${I',
  'keywordHits.read.ts `SELECT h.${column} AS value, count(*) AS hits FROM ${FROM} WHERE ${te',
  'maps.write.ts `${sql} RETURNING hunt_id AS huntId`',
  'notifications.read.ts `SELECT a.id, a.title, a.severity, a.score, a.host, a.user, a.mitre_',
  "rules.read.ts 'SELECT count(*) FROM alerts a WHERE a.rule_id = r.id'",
  'sharedRecords.read.ts `SELECT ${Object.keys(list.columns) .map((column) => `"${column}"`) ',
  'sharedRecords.read.ts `SELECT ${columns.map((column) => `"${column}"`).join(\', \')} FROM ${',
  'sharedRecords.read.ts `SELECT block, rows FROM ${kind.rowSet.table} WHERE ${kind.rowSet.pa',
  'sharedRecords.read.ts `SELECT id FROM ${kind.table} WHERE ${columns.map((column) => `"${co',
  'sharedRecords.read.ts `SELECT name FROM ${table} WHERE id = ?`',
  'sharedRecords.read.ts `SELECT t.id FROM ${kind.table} t WHERE ${kind.scope} ORDER BY ${kin',
  "sharedRecords.write.ts `DELETE FROM ${list.table} WHERE ${list.parent} = ${list.key ?? '?'",
  'sharedRecords.write.ts `INSERT INTO ${table} (${parent}, block, n, rows) VALUES (?, ?, ?, ',
]

it('every statement of the queries can be prepared', () => {
  const all = readdirSync(FOLDER)
    .filter((file) => /\.(?:read|write)\.ts$/.test(file))
    .flatMap(statementsOf)
  expect(all.length).toBeGreaterThan(400)
  const [bare, told] = [all.filter(isBare), all.filter((one) => !isBare(one))]
  expect(bare.map(({ asked }) => asked).toSorted()).toEqual(HANDED_OVER)
  const wrong = told.flatMap((one) => {
    const why = failure(one)
    return why === null ? [] : [{ ...one, why }]
  })
  const parts = wrong.filter((one) => OF_PARTS.includes(beginning(one)))
  expect(wrong.filter((one) => !parts.includes(one)).map(({ place, why }) => `${place}: ${why}`)).toEqual([])
  expect(parts.map(beginning).toSorted()).toEqual([...OF_PARTS].toSorted())
})

const beginning = ({ asked }: Statement): string => asked.replaceAll(/\s+/g, ' ').slice(0, 90)

const isBare = ({ texts }: Statement): boolean => texts.join('').trim() === ''

it('finds what is wrong with a statement, also beside holes', () => {
  expect(
    failure({ place: '', asked: '', texts: ['SELECT id, score FROM alerts WHERE ', ' ORDER BY score ', ''] }),
  ).toBeNull()
  expect(
    failure({ place: '', asked: '', texts: ['SELECT id, scoore FROM alerts WHERE ', ' ORDER BY score ', ''] }),
  ).toMatch('scoore')
  expect(failure({ place: '', asked: '', texts: ['SELECT id FROM alerts WHERE hunt_id = ? AND'] })).toMatch(
    'incomplete input',
  )
})
