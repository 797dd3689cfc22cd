import type { Mapping } from '#contract/mappings'
import { usedColumns } from '../importer/mappingNames.ts'
import { chosenMapping, recogniseMappings, toolOf, type RecognisedMapping } from '../importer/recogniseMapping.ts'
import type { ReadDb } from '../sqlite/db.ts'
import * as kept from '../sqlite/queries/mappings.read.ts'

/** Mappings that are tried for one file: a better one may not fit its cells. */
const TRIED_MAX = 3

const told = (mapping: kept.KeptMapping): Mapping => ({
  ...mapping,
  tool: toolOf(mapping.headers),
  uses: usedColumns(mapping.headers, mapping.reading),
})

/** One mapping; null when there is none of that id. */
export function oneMapping(db: ReadDb, id: string): Mapping | null {
  const mapping = kept.get(db, id)
  return mapping && told(mapping)
}

/** Mappings with a text in their name, tool or a column that they use, the last changed first. */
export function mappingList(
  db: ReadDb,
  { text = '', limit, offset }: { text?: string | undefined; limit: number; offset: number },
): { mappings: Mapping[]; total: number } {
  const wanted = text.trim().toLowerCase()
  const found = kept
    .all(db)
    .map(told)
    .filter(({ name, tool, uses }) =>
      [name, tool?.name ?? '', ...uses].some((part) => part.toLowerCase().includes(wanted)),
    )
  return { mappings: found.slice(offset, offset + limit), total: found.length }
}

/** Mappings that fit a file with these headers, best first; where one is chosen, that one. null: there is none of that id. */
export function fittingMappings(
  db: ReadDb,
  headers: readonly string[],
  chosen: string | undefined,
): RecognisedMapping[] | null {
  const exact = kept.ofHeaders(db, headers)?.id
  if (chosen === undefined) {
    const mappings = kept.all(db).map((mapping) => ({ ...mapping, exact: mapping.id === exact }))
    return recogniseMappings(headers, mappings).slice(0, TRIED_MAX)
  }
  const mapping = kept.get(db, chosen)
  return mapping && [chosenMapping(headers, { ...mapping, exact: mapping.id === exact })]
}
