import { z } from 'zod'
import { rowShares, tlps } from '#contract/values'
import { count, moment, uuid, word } from './kind.ts'
import { FORMAT, PARTS_MAX, VERSIONS } from './parts.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A dataset and how much of it is in the file. */
export const sharedDataset = z.object({
  id: uuid,
  huntId: uuid,
  name: word,
  file: z.string().max(2_000),
  sha256,
  size: count,
  rows: count,
  of: count,
  quarantined: count,
  source: z.boolean(),
})
export type SharedDataset = z.infer<typeof sharedDataset>

/** The first part: what the file holds, without hashes, so that it can be written first. */
export const contents = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSIONS),
  program: word,
  createdAt: moment,
  by: word,
  /** The workspace it was written in. */
  replica: z.string().regex(/^[0-9a-f]{16}$/),
  title: word,
  tlp: z.enum(tlps),
  rows: z.enum(rowShares),
  hunts: z.array(z.object({ id: uuid, name: word })).max(1_000),
  datasets: z.array(sharedDataset).max(3_000),
  records: z.record(z.string().regex(/^[a-z][A-Za-z]{0,40}$/), count),
})
export type Contents = z.infer<typeof contents>

/** The last part. */
export const manifest = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSIONS),
  parts: z.array(z.object({ name: z.string().max(200), size: count, sha256 })).max(PARTS_MAX),
  sources: z
    .array(z.object({ datasetId: uuid, file: z.string().max(2_000), size: count, sha256, included: z.boolean() }))
    .max(3_000),
})
export type Manifest = z.infer<typeof manifest>
