import type { Settings } from '#contract/settings'
import { settingsShape } from '#contract/settings'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'

export const defaultSettings: Settings = {
  theme: 'system',
  zone: 'utc',
  density: 'compact',
  analyzeOnImport: true,
  notify: false,
  matchListsOnImport: false,
  recordPane: 'right',
  analystName: '',
  lastHunt: null,
}

/** The stored settings over the defaults; a value that no longer fits is left at its default. */
export async function readSettings(store: Store): Promise<Settings> {
  const stored = await store.read().settings.all()
  const values = { ...defaultSettings }
  for (const [key, text] of Object.entries(stored)) {
    const candidate = settingsShape.partial().safeParse({ [key]: JSON.parse(text) })
    if (candidate.success) Object.assign(values, candidate.data)
  }
  return values
}

export function settingsHandlers(deps: {
  store: Store
  events: Events
  /** Called after a change. */
  onChange(): void
}): HandlersOf<'settings'> {
  const { store, events } = deps
  return {
    'settings.get': () => readSettings(store),
    'settings.update': async (change) => {
      const entries = Object.entries(change).filter(([, value]) => value !== undefined)
      await store.write.settings.put(Object.fromEntries(entries.map(([key, value]) => [key, JSON.stringify(value)])))
      const settings = await readSettings(store)
      events.emit('settings.changed', settings)
      deps.onChange()
      return settings
    },
  }
}
