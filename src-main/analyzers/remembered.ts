/** `make` whose answers are remembered for up to `max` texts of at most `length` characters: most values of a field repeat. */
export function remembered<T>(make: (text: string) => T, max = 4_096, length = 200): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > length) return make(text)
    const answer = known.get(text)
    if (answer !== undefined) return answer
    const made = make(text)
    if (known.size >= max) known.clear()
    known.set(text, made)
    return made
  }
}

/** The same for numbers of texts in a table; -1 is not remembered, so that the table hears of each text it has no room for. */
export function rememberedNumber(
  number: (text: string) => number,
  max = 4_096,
  length = 200,
): (text: string) => number {
  const known = new Map<string, number>()
  return (text) => {
    const answer = text.length > length ? undefined : known.get(text)
    if (answer !== undefined) return answer
    const made = number(text)
    if (made < 0 || text.length > length) return made
    if (known.size >= max) known.clear()
    known.set(text, made)
    return made
  }
}

/** Answers about long texts of which many are seen only once: the newest stay, those not asked for go. */
export type RecentAnswers<T> = {
  /** `beside`: what else the answer depends on; only the last answer for a text is known. */
  find(text: string, beside?: string, also?: string): T | undefined
  keep(answer: T, text: string, beside?: string, also?: string): void
}

/** After so many questions it is looked whether remembering pays, and if not, let be for so many times as many. */
const TRIAL = 4_096
const REST = 8

/** Answers for up to twice `max` texts of at most `length` characters. */
export function recentAnswers<T>(max: number, length: number): RecentAnswers<T> {
  type Entry = { beside: string; also: string; answer: T }
  let [recent, older] = [new Map<string, Entry>(), new Map<string, Entry>()]
  let [asked, known, resting] = [0, 0, 0]

  function put(text: string, entry: Entry): void {
    if (recent.size >= max) {
      older = recent
      recent = new Map()
    }
    recent.set(text, entry)
  }

  function judge(): void {
    if (8 * known < asked) {
      resting = REST * TRIAL
      recent.clear()
      older.clear()
    }
    asked = 0
    known = 0
  }

  return {
    find(text, beside = '', also = '') {
      if (resting > 0) resting -= 1
      if (resting > 0 || text.length > length) return undefined
      asked += 1
      if (asked > TRIAL) judge()
      let entry = recent.get(text)
      if (entry === undefined) {
        entry = older.get(text)
        if (entry !== undefined) put(text, entry)
      }
      if (entry === undefined || entry.beside !== beside || entry.also !== also) return undefined
      known += 1
      return entry.answer
    },
    keep(answer, text, beside = '', also = '') {
      if (resting === 0 && text.length <= length) put(text, { beside, also, answer })
    },
  }
}
