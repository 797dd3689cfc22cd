import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { ENTRY, FILE_HEAD, KINDS, MAGIC, STAMP_BYTES, type PieceKind } from './segmentFile.ts'

/** A file of segments is not what was written: it is put away and the question asked again without it. */
export class UnsoundSegments extends Error {
  readonly datasetId: string
  constructor(datasetId: string) {
    super('The segments of a dataset are damaged.')
    this.datasetId = datasetId
  }
}

/** The pieces of a column of one kind, by stretch. */
type Pieces = Map<number, Piece>
type Piece = { at: number; length: number; crc: number }

export type SegmentFile = {
  /** How many stretches of a column it has. */
  stretches(column: number, kind: PieceKind): number
  has(column: number, n: number, kind: PieceKind): boolean
  /** UnsoundSegments where the piece is missing or not what was written. */
  read(column: number, n: number, kind: PieceKind): Buffer
  /** Its size. */
  bytes: number
  close(): void
}

/** Opens the segments of a dataset; null where there are none, or they are cut short, damaged or of another dataset file. */
export function openSegmentFile(path: string, stamp: Buffer, datasetId: string): SegmentFile | null {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return null
  }
  const size = fstatSync(fd).size
  const directory = directoryOf(fd, size, stamp)
  if (directory === null) {
    closeSync(fd)
    return null
  }
  let open = true
  const piecesOf = (column: number, kind: PieceKind): Pieces | undefined => directory.get(`${kind} ${column}`)
  return {
    bytes: size,
    stretches: (column, kind) => piecesOf(column, kind)?.size ?? 0,
    has: (column, n, kind) => piecesOf(column, kind)?.has(n) ?? false,
    read(column, n, kind) {
      const piece = piecesOf(column, kind)?.get(n)
      const data = piece && bytesAt(fd, piece.at, piece.length)
      if (!data || crc32(data) !== piece.crc) throw new UnsoundSegments(datasetId)
      return data
    },
    close() {
      if (open) closeSync(fd)
      open = false
    },
  }
}

function directoryOf(fd: number, size: number, stamp: Buffer): Map<string, Pieces> | null {
  const head = bytesAt(fd, 0, FILE_HEAD)
  if (!head?.subarray(0, MAGIC.length).equals(MAGIC)) return null
  if (!head.subarray(8, 8 + STAMP_BYTES).equals(stamp)) return null
  if (head.readUInt32LE(56) !== crc32(head.subarray(0, 56))) return null
  const [at, entries] = [head.readDoubleLE(40), head.readUInt32LE(48)]
  if (at + entries * ENTRY !== size) return null
  const bytes = bytesAt(fd, at, entries * ENTRY)
  if (!bytes || crc32(bytes) !== head.readUInt32LE(52)) return null
  const directory = new Map<string, Pieces>()
  for (let from = 0; from < bytes.length; from += ENTRY) {
    const kind = KINDS[bytes.readUInt32LE(from + 8)]
    if (kind === undefined) return null
    const key = `${kind} ${bytes.readUInt32LE(from)}`
    const pieces: Pieces = directory.get(key) ?? new Map<number, Piece>()
    directory.set(key, pieces)
    pieces.set(bytes.readUInt32LE(from + 4), {
      length: bytes.readUInt32LE(from + 12),
      at: bytes.readDoubleLE(from + 16),
      crc: bytes.readUInt32LE(from + 24),
    })
  }
  return directory
}

/** Null where the file ends before. */
function bytesAt(fd: number, position: number, length: number): Buffer | null {
  if (!(position >= 0) || length > fstatSync(fd).size) return null
  const data = Buffer.allocUnsafe(length)
  for (let done = 0; done < length;) {
    const got = readSync(fd, data, done, length - done, position + done)
    if (got === 0) return null
    done += got
  }
  return data
}
