import type { ReactNode } from 'react'
import { Dashboard, Intersection, Th, WarningSign } from '@blueprintjs/icons'
import type { PlaceId } from '../state/places.ts'

const SIZE = 17
const icons: Partial<Record<PlaceId, ReactNode>> = {
  overview: <Dashboard size={SIZE} />,
  evidence: <Th size={SIZE} />,
  alerts: <WarningSign size={SIZE} />,
  correlate: <Intersection size={SIZE} />,
}

export const placeIcon = (id: PlaceId): ReactNode => icons[id]
