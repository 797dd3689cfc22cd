/** Letters read between two questions whether to go on. */
const EVERY = 256

/**
 * A text that asks `goOn` (which may throw) while a regular expression reads it: a match over a megabyte can take a minute,
 * and nothing else could stop it. RE2JS reads texts by charCodeAt and indexOf alone; watchedText.test.ts would see a change.
 */
export function watchedText(text: string, goOn: () => void): string {
  const watched = new WatchedText(text, goOn)
  // A String object behaves as a string for a reader of these two methods.
  return watched as unknown as string
}

class WatchedText extends String {
  readonly #text: string
  readonly #goOn: () => void
  #left = EVERY

  constructor(text: string, goOn: () => void) {
    super(text)
    this.#text = text
    this.#goOn = goOn
  }

  override charCodeAt(at: number): number {
    if (--this.#left === 0) {
      this.#left = EVERY
      this.#goOn()
    }
    return this.#text.charCodeAt(at)
  }

  override indexOf(wanted: string, from?: number): number {
    return this.#text.indexOf(wanted, from)
  }
}
