import { compilePhrases } from './phraseAutomaton.ts'

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

type Phrase = { text: string; left: boolean; right: boolean; uses: number[] }

/** Group number of `none`, as it is packed beside the rule. */
const NONE = 31
const GROUP_BITS = 5

/**
 * Compiles rules so that a text is read once, whatever the number of rules. The answer is the positions of the rules that
 * hold, ascending.
 */
export function compilePhraseRules(rules: readonly PhraseRule[]): (text: string) => number[] {
  const phrases = phrasesOf(rules)
  const phrasesIn = compilePhrases(phrases.map((phrase) => phrase.text))
  const left = Uint8Array.from(phrases, (phrase) => Number(phrase.left))
  const right = Uint8Array.from(phrases, (phrase) => Number(phrase.right))
  const lengths = Int32Array.from(phrases, (phrase) => phrase.text.length)
  const uses = phrases.map((phrase) => Int32Array.from(phrase.uses))
  const full = Int32Array.from(rules, (rule) => (1 << rule.all.length) - 1)
  const groups = new Int32Array(rules.length)
  const refused = new Uint8Array(rules.length)
  const touched = new Int32Array(rules.length)
  const seen = new Uint32Array(phrases.length)
  let [turn, count] = [0, 0]

  function found(phrase: number, bytes: Uint8Array, to: number): void {
    if (seen[phrase] === turn) return
    // The text is followed by a zero, which is no part of a word.
    if (right[phrase] === 1 && isWord(bytes[to] ?? 0)) return
    const before = to - (lengths[phrase] ?? 0) - 1
    if (left[phrase] === 1 && before >= 0 && isWord(bytes[before] ?? 0)) return
    seen[phrase] = turn
    const list = uses[phrase]
    if (list === undefined) return
    for (let at = 0; at < list.length; at += 1) {
      const use: number = list[at] ?? 0
      const rule = use >> GROUP_BITS
      const group = use & NONE
      if (groups[rule] === 0 && refused[rule] === 0) touched[count++] = rule
      if (group === NONE) refused[rule] = 1
      else groups[rule] = (groups[rule] ?? 0) | (1 << group)
    }
  }

  return (text) => {
    turn += 1
    count = 0
    phrasesIn(text, found)
    const holding: number[] = []
    for (let at = 0; at < count; at += 1) {
      const rule = touched[at] ?? 0
      if (groups[rule] === full[rule] && refused[rule] === 0 && (rules[rule]?.also?.test(text) ?? true))
        holding.push(rule)
      groups[rule] = 0
      refused[rule] = 0
    }
    return holding.length < 2 ? holding : holding.sort((a, b) => a - b)
  }
}

/** Control character around names that are not part of the text itself, such as the parent program: no word begins or ends there. */
const MARK = 2

/** Letters, digits, `_`, `-`, `.` and everything beyond ASCII belong to a word. */
const WORD = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(code >= 128 || code === MARK || /[a-z0-9_.-]/.test(String.fromCharCode(code))),
)
const isWord = (byte: number): boolean => WORD[byte] === 1

/** The distinct phrases of rules, each with the rules and groups that use it. */
function phrasesOf(rules: readonly PhraseRule[]): Phrase[] {
  const byText = new Map<string, Phrase>()
  const add = (written: string, rule: number, group: number): void => {
    const left = written.startsWith('|')
    const right = written.length > 1 && written.endsWith('|')
    const phrase = byText.get(written) ?? {
      text: written.slice(Number(left), written.length - Number(right)),
      left,
      right,
      uses: [],
    }
    phrase.uses.push((rule << GROUP_BITS) | group)
    byText.set(written, phrase)
  }
  rules.forEach((rule, position) => {
    rule.all.forEach((group, number) => group.forEach((phrase) => add(phrase, position, number)))
    rule.none?.forEach((phrase) => add(phrase, position, NONE))
  })
  return [...byText.values()]
}
