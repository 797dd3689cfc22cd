import type { ReactNode } from 'react'
import { Briefcase, Dashboard, Graph, Intersection, Pulse, Th, WarningSign } from '@blueprintjs/icons'
import type { PlaceId } from '../state/places.ts'

const SIZE = 17
const icons: Partial<Record<PlaceId, ReactNode>> = {
  overview: <Dashboard size={SIZE} />,
  evidence: <Th size={SIZE} />,
  alerts: <WarningSign size={SIZE} />,
  map: <Graph size={SIZE} />,
  correlate: <Intersection size={SIZE} />,
  soc: <Pulse size={SIZE} />,
  cases: <Briefcase size={SIZE} />,
}

export const placeIcon = (id: PlaceId): ReactNode => icons[id]
