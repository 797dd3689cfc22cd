import { createContext, use } from 'react'
import type { Connection } from '#contract/connections'
import type { PanelShape } from '#contract/soc'

/** Seconds back from now, or from and to; nothing: each panel looks as far back as is its way. */
export type SocRange = { from?: string; to?: string; last?: number }

/** What every panel on screen is asked with. */
export type Soc = {
  connection: Connection
  range: SocRange
  /** Panels are asked again after so many milliseconds; null: only when told. */
  everyMs: number | null
  panels: readonly PanelShape[]
  /** A tile tells whether it has its answer. */
  report(tile: string, answer: boolean | null): void
  /** What is read on this screen now was agreed to: nothing asks first. */
  agreed: boolean
  /** A question waits for consent, since it would read so many rows; null: it does not (any more). */
  wait(question: string, rows: number | null): void
}

const SocContext = createContext<Soc | null>(null)
export const SocProvider = SocContext.Provider

export function useSoc(): Soc {
  const soc = use(SocContext)
  if (!soc) throw new Error('SocProvider is missing above this component')
  return soc
}
