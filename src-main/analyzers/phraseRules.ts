/**
 * A rule over text: every group must have one phrase in the text, and no phrase of `none` may be there. Phrases are lower
 * case. `|` at either end of a phrase asks for the end of a word there, so that `|net|` is in `c:\net use` but not in
 * `dotnet` or `net.exe.config`.
 */
export type PhraseRule = {
  all: readonly (readonly string[])[]
  none?: readonly string[]
  /** Looked at only after the phrases matched; linear time (no quantifier inside a quantifier, repeats bounded). */
  also?: RegExp
}

type Use = { rule: number; group: number }
type Phrase = { length: number; left: boolean; right: boolean; uses: Use[] }

/** Group number of `none`. */
const NONE = -1

/**
 * Compiles rules into one Aho-Corasick automaton (Aho and Corasick 1975): a text is read once, whatever the number of rules.
 * The answer is the positions of the rules that hold, ascending.
 */
export function compilePhraseRules(rules: readonly PhraseRule[]): (text: string) => number[] {
  const { moves, classes, ends, phrases } = automaton(rules)
  const full = rules.map((rule) => (1 << rule.all.length) - 1)
  const groups = new Int32Array(rules.length)
  const refused = new Uint8Array(rules.length)
  const seen = new Uint32Array(phrases.length)
  let turn = 0

  return (text) => {
    turn += 1
    const touched: number[] = []
    let state = 0
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      const kind = code < 128 ? (classes[code] ?? 0) : 0
      if (kind === 0) {
        state = 0
        continue
      }
      state = moves[state + kind] ?? 0
      const end = moves[state] ?? 0
      if (end === 0) continue
      for (const id of ends[end] ?? []) {
        const phrase = phrases[id]
        if (phrase === undefined || seen[id] === turn) continue
        if (phrase.right && isWord(text.charCodeAt(at + 1))) continue
        if (phrase.left && isWord(text.charCodeAt(at - phrase.length))) continue
        seen[id] = turn
        for (const use of phrase.uses) {
          if (groups[use.rule] === 0 && refused[use.rule] === 0) touched.push(use.rule)
          if (use.group === NONE) refused[use.rule] = 1
          else groups[use.rule] = (groups[use.rule] ?? 0) | (1 << use.group)
        }
      }
    }
    const holding: number[] = []
    for (const rule of touched) {
      if (groups[rule] === full[rule] && refused[rule] === 0 && (rules[rule]?.also?.test(text) ?? true))
        holding.push(rule)
      groups[rule] = 0
      refused[rule] = 0
    }
    return holding.sort((a, b) => a - b)
  }
}

/** Control character around names that are not part of the text itself, such as the parent program: no word begins or ends there. */
const MARK = 2

/** Letters, digits, `_`, `-` and `.` belong to a word; NaN (outside the text) does not. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46 ||
    code >= 128 ||
    code === MARK
  )
}

function automaton(rules: readonly PhraseRule[]) {
  const byText = new Map<string, Phrase>()
  const add = (written: string, use: Use) => {
    const known = byText.get(written)
    if (known !== undefined) known.uses.push(use)
    else {
      const left = written.startsWith('|')
      const right = written.length > 1 && written.endsWith('|')
      byText.set(written, { length: written.length - Number(left) - Number(right), left, right, uses: [use] })
    }
  }
  rules.forEach((rule, position) => {
    rule.all.forEach((group, number) => group.forEach((phrase) => add(phrase, { rule: position, group: number })))
    rule.none?.forEach((phrase) => add(phrase, { rule: position, group: NONE }))
  })

  const written = [...byText.keys()]
  const phrases = [...byText.values()]
  const texts = phrases.map((phrase, id) =>
    (written[id] ?? '').slice(Number(phrase.left), Number(phrase.left) + phrase.length),
  )

  const classes = new Uint8Array(128)
  let width = 1
  for (const text of texts)
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code < 128 && classes[code] === 0) classes[code] = width++
    }

  const trie: Map<number, number>[] = [new Map()]
  const ends: (number[] | undefined)[] = [undefined]
  texts.forEach((text, id) => {
    let state = 0
    for (let at = 0; at < text.length; at += 1) {
      const code = classes[text.charCodeAt(at)] ?? 0
      const known = trie[state]?.get(code)
      if (known !== undefined) state = known
      else {
        trie[state]?.set(code, trie.length)
        state = trie.length
        trie.push(new Map())
        ends.push(undefined)
      }
    }
    ends[state] = [...(ends[state] ?? []), id]
  })

  const next = new Int32Array(trie.length * width)
  const fail = new Int32Array(trie.length)
  const queue: number[] = []
  for (const [code, state] of trie[0] ?? []) {
    next[code] = state
    queue.push(state)
  }
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0
    const back = fail[state] ?? 0
    const inherited = ends[back]
    if (inherited !== undefined) ends[state] = [...(ends[state] ?? []), ...inherited]
    for (let code = 0; code < width; code += 1) {
      const child = trie[state]?.get(code)
      const other = next[back * width + code] ?? 0
      if (child === undefined) next[state * width + code] = other
      else {
        fail[child] = other
        next[state * width + code] = child
        queue.push(child)
      }
    }
  }
  // No phrase has a character of class 0, so its column is free for the number of the state where phrases end there.
  const moves = next.map((state) => state * width)
  for (let state = 0; state < trie.length; state += 1) moves[state * width] = ends[state] === undefined ? 0 : state
  return { moves, classes, ends, phrases }
}
