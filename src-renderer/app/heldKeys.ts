import type { Command, CommandRegistry } from '../state/commands.ts'
import { matchKeys } from './matchKeys.ts'

/** Keys that go to a text field in the views that have one: to that of a search, and to the name of something new. */
const OPENING = ['/', 'n']
/** In every view that knows it, this goes to a text field. */
const SEARCH = '/'
const opens = ({ opensField, keys }: Command): boolean => opensField === true || keys === SEARCH
/** A field that has not come by then, with no part of the view on its way, does not come. */
const FIELD_MS = 2_000

export interface HeldKeys {
  /** Whether the key waits: nothing else may be done with it then. `text`: the key as it was typed. `begun`: it may end a sequence. */
  take(name: string, text: string, begun?: boolean): boolean
  /** The command was run by its keys. */
  ran(command: Command): void
  /** Whether a command was run whose field has not come: what is typed waits, wherever the focus still is. */
  waiting(): boolean
  /** A text field got the focus. */
  focused(): void
  stop(): void
}

type Field = {
  /** Whether a text field has the focus that the command opened, and not the one in which it was called. */
  ready(): boolean
  type(keys: readonly string[]): void
}

/**
 * What is typed for a text field that is still on its way: because the view is, whose command opens it, or because the
 * field itself comes a moment after the command. Once it has the focus it gets the text, as if it had been there at once.
 * Letters that were meant as text never run commands: Escape drops them, and so does a view without such a field.
 */
export function createHeldKeys(registry: CommandRegistry, field: Field): HeldKeys {
  let held: string[] | null = null
  /** The key whose command the view has yet to bring; null: the command was run. */
  let opening: string | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  const commandOf = (name: string) =>
    registry.all().findLast(({ keys, when }) => keys && matchKeys(keys, [name]) === 'full' && (when?.() ?? true))
  const end = (): readonly string[] => {
    const keys = held ?? []
    held = null
    opening = null
    if (timer !== null) clearTimeout(timer)
    timer = null
    return keys
  }
  const tooLate = () => {
    if (registry.expecting()) wait()
    else end()
  }
  function wait(): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(tooLate, FIELD_MS)
  }
  const focused = () => {
    if (held !== null && opening === null) field.type(end())
  }
  const ran = (command: Command) => {
    if (!opens(command)) return
    opening = null
    held ??= []
    if (field.ready()) focused()
    else wait()
  }

  const look = () => {
    if (opening === null) return
    const command = commandOf(opening)
    if (!command && registry.expecting()) return
    if (!command || !opens(command)) return void end()
    command.run()
    ran(command)
  }
  // What leaves and what takes its place are told one after the other.
  const stop = registry.onChange(() => queueMicrotask(look))

  return {
    take(name, text, begun = false) {
      if (held === null) {
        if (begun || !OPENING.includes(name) || !registry.expecting() || commandOf(name)) return false
        held = []
        opening = name
        return true
      }
      if (name === 'escape') end()
      else if (text === 'Backspace') held.pop()
      else if (text.length === 1 || text === 'Enter') held.push(text)
      else return false
      return true
    },
    ran(command) {
      // What waits was meant for the field before.
      if (opens(command)) end()
      ran(command)
    },
    waiting: () => held !== null && opening === null,
    focused,
    stop() {
      end()
      stop()
    },
  }
}
