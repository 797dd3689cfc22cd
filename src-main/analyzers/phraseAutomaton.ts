/** Hears of a phrase (by its number) that stands in `bytes` and ends before `to`. */
type Found = (phrase: number, bytes: Uint8Array, to: number) => void

/** Texts up to here are looked at in a buffer that is kept, in UTF-8 bytes; longer ones get one of their own. */
const BUFFER = 16 * 1024
/**
 * Bytes of moves: the states of least depth, which are the most, have a row with the move for every class; texts hardly ever get
 * deeper. What ships fits whole; of lists that people paste the deeper states are gone through.
 */
const MOVES_MAX = 4 * 1024 * 1024

/**
 * Looks for many phrases (lower-case bytes, one a character: ASCII, or what utf8 of anything else takes) at once, with an automaton after Aho and Corasick (1975): each byte of a text is
 * looked at once, whatever the number of phrases. The bytes behind the text are zero. `anyCase`: A to Z are a to z.
 */
export function compilePhrases(phrases: readonly string[], anyCase = false): (text: string, found: Found) => void {
  const { classes, width, codes } = classesOf(phrases)
  if (anyCase) for (let code = 65; code <= 90; code += 1) classes[code] = classes[code + 32] ?? 0
  const { next, moves, rows, shift, ends, ended } = automatonOf(codes, width)
  const kept = Buffer.alloc(BUFFER)

  return (text, found) => {
    // Characters beyond ASCII are in no phrase, so it does not matter how many bytes they take.
    const bytes = 3 * text.length < BUFFER ? kept : Buffer.alloc(Buffer.byteLength(text) + 1)
    const length = bytes.write(text)
    bytes[length] = 0
    let state = 0
    for (let at = 0; at < length; at += 1) {
      const code = classes[bytes[at] ?? 0] ?? 0
      state = state < rows ? (moves[(state << shift) | code] ?? 0) : next(state, code)
      const end = ends[state] ?? 0
      if (end === 0) continue
      const list = ended[end]
      if (list === undefined) continue
      for (let n = 0; n < list.length; n += 1) found(list[n] ?? 0, bytes, at + 1)
    }
  }
}

/** Characters of phrases are numbered from 1, every other one is 0. */
function classesOf(phrases: readonly string[]): { classes: Uint8Array; width: number; codes: number[][] } {
  const classes = new Uint8Array(256)
  let width = 1
  const codes = phrases.map((phrase) =>
    Array.from(phrase, (letter) => {
      const code = letter.charCodeAt(0)
      if (classes[code] === 0) classes[code] = width++
      return classes[code] ?? 0
    }),
  )
  return { classes, width, codes }
}

/**
 * Small enough to stay in the cache of a processor: states are numbered by depth; the shallow ones have full rows of moves,
 * a deeper one has its children and the state to fall back to. `ends`: by state, where in `ended` the list of phrases that
 * end there is; 0 = none.
 */
function automatonOf(texts: readonly (readonly number[])[], width: number) {
  const { children, depth, phrases } = trieOf(texts)
  const size = depth.length
  // Lists that people paste may need more states than 16 bits can number.
  const numbers = (length: number) => (size > 0xffff ? new Uint32Array(length) : new Uint16Array(length))
  const shift = Math.ceil(Math.log2(width))
  const rows = Math.max(1, Math.min(size, Math.floor(MOVES_MAX / numbers(0).BYTES_PER_ELEMENT) >> shift))
  const moves = numbers(rows << shift)
  const [fall, first] = [numbers(size), numbers(size + 1)]
  const [codes, states] = [new Uint8Array(size), numbers(size)]
  const ends = numbers(size)
  const ended: (readonly number[])[] = [[]]
  let listed = 0

  function next(from: number, code: number): number {
    let state = from
    while (state >= rows) {
      const end = first[state + 1] ?? 0
      for (let at = first[state] ?? 0; at < end; at += 1) if (codes[at] === code) return states[at] ?? 0
      state = fall[state] ?? 0
    }
    return moves[(state << shift) | code] ?? 0
  }

  // By depth: where a state falls back to is done before it.
  for (let state = 0; state < size; state += 1) {
    const back = fall[state] ?? 0
    // Class 0, which no phrase has, leads back to the beginning.
    if (state > 0 && state < rows)
      for (let code = 1; code < width; code += 1) moves[(state << shift) | code] = next(back, code)
    const list = [...(phrases[state] ?? []), ...(state === 0 ? [] : (ended[ends[back] ?? 0] ?? []))]
    if (list.length > 0) ends[state] = ended.push(list) - 1
    first[state] = listed
    for (const [code, child] of children[state] ?? []) {
      fall[child] = state === 0 ? 0 : next(back, code)
      codes[listed] = code
      states[listed] = child
      listed += 1
      if (state < rows) moves[(state << shift) | code] = child
    }
    first[state + 1] = listed
  }
  return { next, moves, rows, shift, ends, ended }
}

/** The trie of texts with states numbered by depth: their children by class, their depth, and the texts that end there. */
function trieOf(texts: readonly (readonly number[])[]) {
  const children: Map<number, number>[] = [new Map()]
  const depth = [0]
  const phrases: number[][] = [[]]
  const reached = texts.map(() => 0)
  const longest = Math.max(0, ...texts.map((text) => text.length))
  for (let level = 1; level <= longest; level += 1)
    texts.forEach((text, phrase) => {
      const code = text[level - 1]
      const branches = children[reached[phrase] ?? 0]
      if (code === undefined || branches === undefined) return
      const state = branches.get(code) ?? depth.push(level) - 1
      if (state === children.length) {
        branches.set(code, state)
        children.push(new Map())
        phrases.push([])
      }
      reached[phrase] = state
      if (level === text.length) phrases[state]?.push(phrase)
    })
  return { children, depth, phrases }
}
