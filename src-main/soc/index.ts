import type { Panel } from './panel.ts'
import { alerts } from './panels/alerts.ts'
import { behavior } from './panels/behavior.ts'
import { bruteForce } from './panels/bruteForce.ts'
import { cascade } from './panels/cascade.ts'
import { detections } from './panels/detections.ts'
import { features } from './panels/features.ts'
import { fleet } from './panels/fleet.ts'
import { geo } from './panels/geo.ts'
import { heatmap } from './panels/heatmap.ts'
import { ip } from './panels/ip.ts'
import { ipRadar } from './panels/ipRadar.ts'
import { ja4 } from './panels/ja4.ts'
import { ja4Rotation } from './panels/ja4Rotation.ts'
import { overview } from './panels/overview.ts'
import { recurrence } from './panels/recurrence.ts'
import { scores } from './panels/scores.ts'
import { timelineDetail } from './panels/timelineDetail.ts'
import { traffic } from './panels/traffic.ts'
import { uaRotation } from './panels/uaRotation.ts'

/** Every panel of the SOC console, one line each; tabs show theirs in this order. */
export const panels: readonly Panel[] = [
  overview,
  detections,
  scores,
  recurrence,
  traffic,
  heatmap,
  geo,
  timelineDetail,
  alerts,
  behavior,
  features,
  bruteForce,
  ja4Rotation,
  uaRotation,
  cascade,
  fleet,
  ip,
  ipRadar,
  ja4,
]
