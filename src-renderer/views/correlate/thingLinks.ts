import { link } from '../../state/places.ts'
import type { Thing, ThingPlace } from './things.ts'

const phrase = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/** Leads to the rows of a thing in one dataset, or to the alerts that name a technique. */
export function placeLinkOf(thing: Thing, { huntId, datasetId, words }: ThingPlace): string {
  if (thing.kind === 'technique') return link.alerts(huntId, { technique: thing.label, ds: datasetId })
  if (datasetId === null) return link.overview(huntId)
  const q = thing.kind === 'host' ? words.map(phrase).join(' OR ') : phrase(thing.label)
  return link.rows(huntId, { ds: datasetId, q })
}

/** What to look for everywhere: a host by its shortest name. */
export const soughtAs = ({ kind, label, names }: Thing): string =>
  kind === 'host' ? (names.toSorted((a, b) => a.length - b.length)[0] ?? label) : label
