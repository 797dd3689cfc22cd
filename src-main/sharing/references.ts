import type { CaseFileNoun, ReferenceKind } from '#contract/values'
import type { Cell, IdOf } from './kind.ts'

/** The noun of what a link or a reference in a text names by its id. Indicators and techniques are the same everywhere. */
const NOUNS: Partial<Record<ReferenceKind, CaseFileNoun>> = {
  hunt: 'hunts',
  row: 'datasets',
  alert: 'alerts',
  hypothesis: 'hypotheses',
  map: 'maps',
  task: 'caseTasks',
  case: 'cases',
}

const nounOf = (kind: string): CaseFileNoun | undefined => Object.entries(NOUNS).find(([known]) => known === kind)?.[1]
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** As notes write it: [[alert:ID]], [[row:DATASET-ID/7]]. */
const REFERENCES = new RegExp(`(\\[\\[)(${Object.keys(NOUNS).join('|')})(:\\s*)(${ID})`, 'gi')

/**
 * References of a text with the ids that things have here: a dataset that both imported, or an alert that both found, is the
 * same thing under two ids, and a note has to lead to the one that is here.
 */
export function movedReferences(text: Cell, idOf: IdOf): Cell {
  if (typeof text !== 'string') return text
  return text.replace(REFERENCES, (all, open: string, kind: string, colon: string, id: string) => {
    const noun = nounOf(kind)
    return noun === undefined ? all : `${open}${kind}${colon}${idOf(noun, id.toLowerCase())}`
  })
}

/** The target of a link of a case with the id that it has here. */
export function movedTarget(kind: Cell, target: Cell, idOf: IdOf): Cell {
  const noun = nounOf(String(kind))
  if (noun === undefined || typeof target !== 'string') return target
  const [id = '', ...rest] = target.split('/')
  return [idOf(noun, id), ...rest].join('/')
}
