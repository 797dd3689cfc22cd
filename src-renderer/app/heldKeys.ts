import type { CommandRegistry } from '../state/commands.ts'
import { matchKeys } from './matchKeys.ts'

/** What goes to the search field of a view. */
const SEARCH = '/'

export interface HeldKeys {
  /** Whether the key waits for the view: nothing else may be done with it then. `text`: the key as it was typed. */
  take(name: string, text: string): boolean
  stop(): void
}

/**
 * `/` while the view that has the search field is still on its way, and what is typed after it: once the field is there it
 * gets the focus and the text, as if the view had been there at once. Letters that were meant as text never run commands.
 * Escape drops them, and so does a view without a search field.
 */
export function createHeldKeys(registry: CommandRegistry, type: (keys: readonly string[]) => void): HeldKeys {
  let held: string[] | null = null
  const search = () =>
    registry.all().findLast(({ keys, when }) => keys && matchKeys(keys, [SEARCH]) === 'full' && (when?.() ?? true))

  const look = () => {
    if (held === null) return
    const command = search()
    if (!command && registry.expecting()) return
    const keys = held
    held = null
    if (!command) return
    command.run()
    type(keys)
  }
  // What leaves and what takes its place are told one after the other.
  const stop = registry.onChange(() => queueMicrotask(look))

  return {
    take(name, text) {
      if (held === null) {
        if (name !== SEARCH || !registry.expecting() || search()) return false
        held = []
        return true
      }
      if (name === 'escape') held = null
      else if (text === 'Backspace') held.pop()
      else if (text.length === 1 || text === 'Enter') held.push(text)
      else return false
      return true
    },
    stop,
  }
}
