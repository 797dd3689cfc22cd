import { z } from 'zod'
import { count, id, jobRef, name, ok, paging, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { mapColours, mapEdgeKinds, mapFormats, mapIcons } from './values.ts'

/** Elements of a drawn map: more than a person places, enough for what was taken over from the network. */
export const MAP_ELEMENTS_MAX = 10_000
/** Lines of a CSV of edges. */
export const IMPORTED_EDGES_MAX = 5_000
/** Characters of a picture, a PNG as base64: what fits one message with its frame. */
const PICTURE_MAX = 7_500_000

const at = z.number().min(-1e6).max(1e6).describe('Pixels of the map at 100 %')
const label = z.string().max(300)
const colour = z.enum(mapColours).default('neutral')
const element = { id, updatedAt: time.describe('When this element was changed last: of two versions the newer counts') }

/** A node that somebody placed; it stays where it is. */
export const drawnNode = z.object({
  kind: z.literal('node'),
  ...element,
  icon: z.enum(mapIcons),
  label,
  note: z.string().max(2_000).default(''),
  colour,
  x: at,
  y: at,
  size: z.number().min(12).max(120).default(26).describe('Pixels'),
  groupId: id.nullable().default(null),
  entity: z
    .string()
    .max(2_000)
    .nullable()
    .default(null)
    .describe('The node of the network map it stands for, for example address:192.168.0.4'),
})
export const drawnLink = z.object({
  kind: z.literal('link'),
  ...element,
  from: id.describe('A node of this map'),
  to: id.describe('A node of this map'),
  label: label.default(''),
  colour,
  dashed: z.boolean().default(false),
  directed: z.boolean().default(true),
  count: count.nullable().default(null).describe('Rows it was taken from; null: drawn by hand'),
  bytes: count.nullable().default(null).describe('Bytes'),
  kinds: z.array(z.enum(mapEdgeKinds)).default([]),
  first: time.nullable().default(null),
  last: time.nullable().default(null),
})
/** A dashed box around the nodes whose groupId names it. */
export const drawnGroup = z.object({ kind: z.literal('group'), ...element, label, colour })
export const drawnNote = z.object({
  kind: z.literal('note'),
  ...element,
  text: z.string().max(4_000),
  by: z.string().max(200).default(''),
  colour: z.enum(mapColours).default('yellow'),
  x: at,
  y: at,
})

export const mapElement = z.discriminatedUnion('kind', [drawnNode, drawnLink, drawnGroup, drawnNote])
export type MapElement = z.infer<typeof mapElement>
export type DrawnNode = z.infer<typeof drawnNode>
export type DrawnLink = z.infer<typeof drawnLink>
export type DrawnGroup = z.infer<typeof drawnGroup>
export type DrawnNote = z.infer<typeof drawnNote>

/**
 * A map as a case file carries it. Elements stand by their id; two versions of a map are brought together element by
 * element: the later `updatedAt` counts, and what stands in `removed` with a later time is gone. A link or a groupId whose
 * node or group is not there is left out of the picture and kept in the document.
 */
export const mapDocument = z.object({
  version: z.literal(1).describe('Of this shape'),
  elements: z.array(mapElement).max(MAP_ELEMENTS_MAX),
  removed: z.array(z.object({ id, updatedAt: time })).describe('Elements that were deleted, and when'),
})
export type MapDocument = z.infer<typeof mapDocument>

export const mapSummary = z.object({
  id,
  huntId: id,
  name,
  description: z.string(),
  nodes: count.describe('Nodes drawn'),
  links: count.describe('Links drawn'),
  notes: count.describe('Notes drawn'),
  createdAt: time,
  updatedAt: time,
})
export type MapSummary = z.infer<typeof mapSummary>

export const drawnMap = mapSummary.extend({
  document: mapDocument,
  undo: z.string().nullable().describe('The last act, which maps.undo takes back; null: there is none'),
  redo: z.string().nullable().describe('The act that maps.redo brings back'),
})
export type DrawnMap = z.infer<typeof drawnMap>

const words = { name, description: z.string().max(4_000) }
const exampleId = { id: '3f0c5b0e-8a3e-4a4b-9c57-0d8f5c7b0003' }
const hunt = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001'
const exampleNode = {
  kind: 'node' as const,
  id: '0b6a2a52-93a4-4dd9-8d7b-4c1c3d0f0001',
  updatedAt: '2026-11-29T10:00:00.000Z',
  icon: 'host' as const,
  label: 'NASHUA',
  x: 120,
  y: 80,
  entity: 'host:nashua',
}

export const maps = {
  'maps.create': command(
    'Begins a map that is drawn by hand, empty or with elements.',
    z.object({
      huntId: id,
      name,
      description: words.description.default(''),
      elements: z.array(mapElement).max(MAP_ELEMENTS_MAX).default([]),
    }),
    drawnMap,
    { huntId: hunt, name: 'Beacon to 8443', elements: [exampleNode] },
  ),
  'maps.list': query(
    'The drawn maps of a hunt, the last changed first.',
    z.object({ huntId: id, text: z.string().max(200).optional(), ...paging }),
    z.object({ maps: z.array(mapSummary), total: count }),
    { huntId: hunt },
  ),
  'maps.get': query('One drawn map with its elements.', z.object({ id }), drawnMap, exampleId),
  'maps.update': command(
    'Renames a map or changes its description; what is left out stays.',
    z.object({ id, name: name.optional(), description: words.description.optional() }),
    drawnMap,
    { ...exampleId, name: 'Day 1' },
  ),
  'maps.edit': command(
    'One act on a map: elements come or are replaced by their id, others go; links of what goes go with it. maps.undo takes it back.',
    z.object({
      id,
      act: z.string().trim().min(1).max(100).describe('What was done, for people: Move 3 nodes'),
      put: z.array(mapElement).max(MAP_ELEMENTS_MAX).default([]).describe('updatedAt is set anew'),
      remove: z.array(id).max(MAP_ELEMENTS_MAX).default([]),
    }),
    drawnMap,
    { ...exampleId, act: 'Add NASHUA', put: [exampleNode] },
  ),
  'maps.undo': command(
    'Takes back the last act on a map, also after a restart. AppError conflict where there is none.',
    z.object({ id }),
    drawnMap,
    exampleId,
  ),
  'maps.redo': command('Brings back the act that was taken back last.', z.object({ id }), drawnMap, exampleId),
  'maps.importEdges': command(
    'Adds nodes and links from CSV text with the columns source and target (also from, to), and label, count, bytes, type where they are there.',
    z.object({ id, csv: z.string().min(1).max(2_000_000), x: at.default(0), y: at.default(0) }),
    z.object({
      map: drawnMap,
      nodes: count.describe('Nodes that were added'),
      links: count.describe('Links that were added'),
      refused: z.array(z.object({ line: count.describe('Line of the text, from 1'), reason: z.string() })),
      refusedTotal: count.describe('Lines that were not taken; the first 100 are named'),
    }),
    { ...exampleId, csv: 'source,target,label\n10.0.1.6,192.168.0.4,8443' },
  ),
  'maps.delete': command('Deletes a map. maps.restore brings it back, for a day.', z.object({ id }), ok, exampleId),
  'maps.restore': command('Brings back a map that was deleted.', z.object({ id }), drawnMap, exampleId),
  'maps.export': command(
    'Writes a drawn map as GraphML (graphml-yed: with the drawing as yEd keeps it) or CSV, as Gephi and yEd open them. Cells that a spreadsheet would take for a formula get an apostrophe with guard.',
    z.object({
      id,
      format: z.enum(mapFormats),
      guard: z.boolean().default(false),
      to: z.string().max(200).optional().describe('A ticket for a place, or folder; default: the shell asks'),
    }),
    jobRef,
    { ...exampleId, format: 'graphml', to: 'folder' },
  ),
  'maps.savePicture': command(
    'Writes a picture that the page drew to a file.',
    z.object({
      huntId: id,
      name,
      format: z.enum(['svg', 'png']),
      data: z.string().min(1).max(PICTURE_MAX).describe('The text of an SVG, a PNG as base64'),
      to: z.string().max(200).optional().describe('A ticket for a place, or folder; default: the shell asks'),
    }),
    jobRef,
    { huntId: hunt, name: 'Day 1', format: 'svg', data: '<svg xmlns="http://www.w3.org/2000/svg"/>', to: 'folder' },
  ),
  'maps.changed': topic('A drawn map came, changed or went.', z.object({ id, huntId: id })),
}
