import type { SocScreen } from '#contract/values'
import { useCall } from '../../backend/query.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import type { Soc } from './soc.ts'

/** Campaigns that the server lists at most. */
const CAMPAIGNS_MAX = 50

/** How much a tab holds in the time in force; nothing where it is not known or would have to ask first. */
export function useTabCounts(soc: Soc | null): Partial<Record<SocScreen, string>> {
  const asked = soc && { connection: soc.connection.id, only: ['rows'], ...soc.range }
  const every = { everyMs: soc?.everyMs ?? null }
  const detections = useCall('soc.panel', asked && { ...asked, panel: 'detections', params: { limit: 1 } }, every)
  const campaigns = useCall('soc.panel', asked && { ...asked, panel: 'campaigns', totals: false }, every)
  const [detected] = detections.data?.parts ?? []
  const [found] = campaigns.data?.parts ?? []
  const lists = soc?.panels.find(({ id }) => id === 'reflist')?.parts.length ?? 0
  return {
    ...(typeof detected?.total === 'number' ? { detections: formatCount(detected.total) } : {}),
    ...(found && !found.failure
      ? { campaigns: found.rows.length >= CAMPAIGNS_MAX ? `${CAMPAIGNS_MAX}+` : String(found.rows.length) }
      : {}),
    ...(lists > 0 ? { lists: String(lists) } : {}),
  }
}
