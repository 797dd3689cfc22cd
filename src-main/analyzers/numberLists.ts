import { hasRoom, take, type Room } from './room.ts'

/**
 * Many lists of numbers, each with a mark, in shared blocks without an object for any: the rows or times of subjects. A list
 * is named by its newest entry; 0 is the empty list.
 */
export type NumberLists = {
  /** Puts a number with a mark (0 to 255) behind the list `end`; answers the list's new end, 0 when there is no room. */
  add(end: number, value: number, mark: number): number
  /** The list, oldest first. */
  of(end: number): { value: number; mark: number }[]
  has(end: number, value: number): boolean
  /** Gives the entries of a list back. */
  free(end: number): void
  /** Entries in use. */
  used(): number
}

const BLOCK = 1 << 14
type Block = { values: Uint32Array | Float64Array; before: Int32Array; marks: Uint8Array }

/** Lists of rows with at most `max` entries together, fewer where `room` ends before. Row numbers stay below 2^32. */
export const rowLists = (room: Room, max: number): NumberLists => numberLists(room, max, () => new Uint32Array(BLOCK))
/** The same for any numbers, such as times. */
export const realLists = (room: Room, max: number): NumberLists => numberLists(room, max, () => new Float64Array(BLOCK))

function numberLists(room: Room, max: number, newValues: () => Block['values']): NumberLists {
  const blocks: Block[] = []
  let made = 0
  let used = 0
  let spare = 0

  const blockOf = (entry: number): Block => {
    const known = blocks[Math.floor(entry / BLOCK)]
    if (known !== undefined) return known
    const block = { values: newValues(), before: new Int32Array(BLOCK), marks: new Uint8Array(BLOCK) }
    blocks.push(block)
    take(room, block.values.byteLength + block.before.byteLength + block.marks.byteLength)
    return block
  }
  const before = (entry: number): number => blockOf(entry).before[entry % BLOCK] ?? 0
  const valueOf = (entry: number): number => blockOf(entry).values[entry % BLOCK] ?? 0

  return {
    add(end, value, mark) {
      if (used >= max) return 0
      if (spare === 0 && (made + 1) % BLOCK === 0 && !hasRoom(room)) return 0
      used += 1
      const entry = spare === 0 ? ++made : spare
      if (spare !== 0) spare = before(spare)
      const block = blockOf(entry)
      block.values[entry % BLOCK] = value
      block.before[entry % BLOCK] = end
      block.marks[entry % BLOCK] = mark
      return entry
    },
    of(end) {
      const list: { value: number; mark: number }[] = []
      for (let entry = end; entry !== 0; entry = before(entry))
        list.push({ value: valueOf(entry), mark: blockOf(entry).marks[entry % BLOCK] ?? 0 })
      return list.reverse()
    },
    has(end, value) {
      for (let entry = end; entry !== 0; entry = before(entry)) if (valueOf(entry) === value) return true
      return false
    },
    free(end) {
      let entry = end
      while (entry !== 0) {
        const next = before(entry)
        blockOf(entry).before[entry % BLOCK] = spare
        spare = entry
        used -= 1
        entry = next
      }
    },
    used: () => used,
  }
}
