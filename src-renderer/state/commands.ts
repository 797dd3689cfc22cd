import { createContext, use, useEffect, useRef, useSyncExternalStore } from 'react'

/**
 * Something the analyst can do. `keys`: `g o` (one after the other), `ctrl+k`, `?`, `f6`; several ways are separated by
 * ` or `. Single letters work only outside text fields. `when` absent: always.
 */
export type Command = {
  id: string
  title: string
  group: 'Go to' | 'Hunt' | 'Evidence' | 'Alerts' | 'Map' | 'SOC' | 'Cases' | 'Window'
  keys?: string
  /** Shown at the right in the palette when there are no keys. */
  detail?: string
  /** false: only a key, not in the palette. */
  palette?: boolean
  when?: () => boolean
  /** It brings the focus into a text field, at once or soon: what is typed after its keys is text for that field. `/` always does. */
  opensField?: true
  run: () => void
}

export interface CommandRegistry {
  all(): readonly Command[]
  /** Returns the function that takes them away again. */
  add(commands: readonly Command[]): () => void
  /** A part of the view is still on its way and may bring commands. Returns the function that says it is here. */
  expect(): () => void
  expecting(): boolean
  /** Told when commands come or go, and when nothing more is expected. */
  onChange(listener: () => void): () => void
}

export function createCommandRegistry(): CommandRegistry {
  let sets: readonly (readonly Command[])[] = []
  let flat: readonly Command[] = []
  let expected = 0
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const become = (next: typeof sets) => {
    sets = next
    flat = sets.flat()
    tell()
  }
  return {
    all: () => flat,
    add: (commands) => {
      become([...sets, commands])
      return () => become(sets.filter((set) => set !== commands))
    },
    expect: () => {
      expected += 1
      return () => {
        expected -= 1
        if (expected === 0) tell()
      }
    },
    expecting: () => expected > 0,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const RegistryContext = createContext<CommandRegistry>(createCommandRegistry())
export const CommandRegistryProvider = RegistryContext.Provider
export const useCommandRegistry = (): CommandRegistry => use(RegistryContext)

export function useAllCommands(): readonly Command[] {
  const registry = useCommandRegistry()
  return useSyncExternalStore(registry.onChange, registry.all)
}

/**
 * Offers commands while the component is mounted: in the palette, in the key sheet and by their keys. Ids, titles and keys
 * decide when the set is registered anew; `run` and `when` are always those of the last render.
 */
export function useCommands(commands: readonly Command[]): void {
  const registry = useCommandRegistry()
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  const signature = JSON.stringify(commands.map(({ id, title, keys, detail }) => [id, title, keys, detail]))
  useEffect(() => {
    const now = (id: string) => latest.current.find((command) => command.id === id)
    return registry.add(
      latest.current.map((command) => ({
        ...command,
        when: () => now(command.id)?.when?.() ?? true,
        run: () => now(command.id)?.run(),
      })),
    )
  }, [registry, signature])
}

/** Runs an offered command by its id, as its keys do; nothing where it is not offered or not possible now. */
export function useRunCommand(): (id: string) => void {
  const registry = useCommandRegistry()
  return (id) => {
    const command = registry.all().findLast((one) => one.id === id)
    if (command?.when?.() ?? true) command?.run()
  }
}

/** While `coming`, the view may still bring commands: keys that are for them wait. */
export function useExpectCommands(coming: boolean): void {
  const registry = useCommandRegistry()
  useEffect(() => (coming ? registry.expect() : undefined), [registry, coming])
}
