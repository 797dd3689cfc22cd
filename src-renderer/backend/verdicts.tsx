import { createContext, use, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Verdict } from '#contract/values'
import type { Backend } from './backend.ts'
import { useBackend } from './BackendContext.ts'

/** Values asked in one question. */
const BATCH = 500
/** What was wanted within so many milliseconds is asked at once: a screen of cells. */
const WAIT_MS = 40
/** Values that are remembered; the oldest go first. */
const KEPT_MAX = 20_000
/** Longer texts are no indicators. */
const VALUE_MAX = 2_000

/** Verdicts of indicators that stand on screen, asked in batches and kept until lists change. */
export type Verdicts = {
  /** null: not listed, or not known yet. Asks for it when it was not asked before. */
  of(value: string): Verdict | null
  subscribe(listener: () => void): () => void
  /** Changes whenever `of` may answer otherwise. */
  version(): number
  /** Follows changes of lists; returns the function that stops it. */
  follow(): () => void
}

/** Asks nothing as long as no list holds an indicator. */
export function createVerdicts(backend: Pick<Backend, 'call' | 'on'>): Verdicts {
  const known = new Map<string, Verdict | null>()
  const wanted = new Set<string>()
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** undefined: not known yet. */
  let anything: boolean | undefined
  let version = 0
  let turn = 0

  const tell = () => {
    version += 1
    for (const listener of listeners) listener()
  }
  const ask = async () => {
    timer = undefined
    const now = turn
    anything ??= (await backend.call('intel.list', { limit: 1 })).indicators > 0
    if (now !== turn) return
    if (!anything) return void wanted.clear()
    const values = [...wanted].slice(0, BATCH)
    for (const value of values) wanted.delete(value)
    if (values.length === 0) return
    const { lookups } = await backend.call('intel.lookup', { values })
    if (now !== turn) return
    for (const { value, verdict } of lookups) known.set(value, verdict)
    for (const oldest of known.keys()) {
      if (known.size <= KEPT_MAX) break
      known.delete(oldest)
    }
    if (lookups.some(({ verdict }) => verdict !== null)) tell()
    if (wanted.size > 0) later()
  }
  const later = () => {
    // A question that fails leaves marks away; the view itself says what is wrong.
    timer ??= setTimeout(() => void ask().catch(() => wanted.clear()), WAIT_MS)
  }
  return {
    of(value) {
      const verdict = known.get(value)
      if (verdict !== undefined) return verdict
      if (anything === false || value === '' || value.length > VALUE_MAX) return null
      wanted.add(value)
      later()
      return null
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
    follow() {
      const stop = backend.on('intel.changed', () => {
        turn += 1
        anything = undefined
        known.clear()
        wanted.clear()
        tell()
      })
      return () => {
        clearTimeout(timer)
        timer = undefined
        stop()
      }
    },
  }
}

const VerdictsContext = createContext<Verdicts | null>(null)

export function VerdictsProvider({ children }: { children: ReactNode }) {
  const backend = useBackend()
  const verdicts = useMemo(() => createVerdicts(backend), [backend])
  useEffect(() => verdicts.follow(), [verdicts])
  return <VerdictsContext value={verdicts}>{children}</VerdictsContext>
}

const none = { subscribe: () => () => undefined, version: () => 0 }

/** The verdict of one indicator, in any writing; drawn anew when lists change. */
export function useVerdict(value: string): Verdict | null {
  const verdicts = use(VerdictsContext)
  const { subscribe, version } = verdicts ?? none
  useSyncExternalStore(subscribe, version)
  return verdicts?.of(value) ?? null
}
