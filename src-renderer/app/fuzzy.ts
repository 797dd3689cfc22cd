export type FuzzyMatch = { score: number; places: number[] }

const isStart = (text: string, index: number) => index === 0 || /[\s_.\-/:,()]/.test(text.charAt(index - 1))

/**
 * Whether the letters of `query` occur in `text` in order, and how well: whole words and word starts first, runs before
 * scattered letters, short texts before long ones. Spaces in the query separate parts that may stand anywhere.
 */
export function fuzzy(query: string, text: string): FuzzyMatch | null {
  const lower = text.toLowerCase()
  const places: number[] = []
  let score = 0
  for (const part of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = whole(part, lower) ?? scattered(part, lower)
    if (!found) return null
    score += found.score
    places.push(...found.places)
  }
  return { score: score - text.length / 100, places: [...new Set(places)].sort((a, b) => a - b) }
}

function whole(part: string, lower: string): FuzzyMatch | null {
  let best = -1
  for (let at = lower.indexOf(part); at >= 0; at = lower.indexOf(part, at + 1)) {
    if (best < 0) best = at
    if (isStart(lower, at)) {
      best = at
      break
    }
  }
  if (best < 0) return null
  const places = Array.from({ length: part.length }, (_, index) => best + index)
  return { score: part.length * 3 + (isStart(lower, best) ? 6 : 0) + (best === 0 ? 2 : 0), places }
}

/** Letters apart count only when each begins a word or follows the one before: `ra` finds "Run Analyzers", not "brand". */
function scattered(part: string, lower: string): FuzzyMatch | null {
  const places: number[] = []
  let from = 0
  for (const letter of part) {
    const next = from > 0 && lower[from] === letter ? from : nextStart(lower, letter, from)
    if (next < 0) return null
    places.push(next)
    from = next + 1
  }
  return { score: part.length, places }
}

function nextStart(lower: string, letter: string, from: number): number {
  for (let at = lower.indexOf(letter, from); at >= 0; at = lower.indexOf(letter, at + 1)) {
    if (isStart(lower, at)) return at
  }
  return -1
}
