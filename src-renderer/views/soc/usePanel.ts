import { useEffect, useId, useState } from 'react'
import type { AppError } from '#contract/appError'
import type { Input } from '#contract/contract'
import type { Cell, Estimate, PartAnswer } from '#contract/soc'
import { useCall } from '../../backend/query.ts'
import { useSoc } from './soc.ts'

export type Row = Readonly<Record<string, Cell>>
export type PanelParams = NonNullable<Input<'soc.panel'>['params']>

export type PanelState = {
  /** The answer of a part; the one of before while another is on its way. */
  part(name: string): PartAnswer | undefined
  /** Nothing is here yet. */
  loading: boolean
  /** It is being asked. */
  busy: boolean
  /** The answers belong to what was asked before. */
  stale: boolean
  /** The whole call failed. Old answers stay. */
  failure: AppError | null
  /** It reads so many rows that it asks first. */
  asks: Estimate | null
  /** Runs it in spite of that. */
  agree(): void
  refresh(): void
  server: { version: string } | undefined
}

/** Asks a panel, or some parts of it, of the connection and time range on screen. Leaving the screen stops it on the server. */
export function usePanel(
  panel: string,
  { params = {}, parts, totals = true }: { params?: PanelParams; parts?: readonly string[]; totals?: boolean } = {},
): PanelState {
  const { connection, range, everyMs, agreed: agreedAll, wait } = useSoc()
  const asked = {
    ...{ connection: connection.id, panel, params, totals, ...range },
    ...(parts === undefined ? {} : { only: [...parts] }),
  }
  const key = JSON.stringify(asked)
  const [agreed, setAgreed] = useState<string | null>(null)
  const query = useCall(
    'soc.panel',
    { ...asked, ...(agreedAll || agreed === key ? { consent: true } : {}) },
    { everyMs },
  )
  const { data } = query
  const id = useId()
  const waits = data?.needsConsent?.rows ?? null
  useEffect(() => {
    wait(id, waits)
    return () => wait(id, null)
  }, [wait, id, waits])
  return {
    part: (name) => data?.parts.find((one) => one.name === name),
    loading: data === undefined && query.error === null,
    busy: query.isFetching,
    stale: query.isPlaceholderData,
    failure: query.error,
    asks: data?.needsConsent ?? null,
    agree: () => setAgreed(key),
    refresh: () => void query.refetch(),
    server: data?.server,
  }
}
