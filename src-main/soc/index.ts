import type { Panel } from './panel.ts'
import { detections } from './panels/detections.ts'
import { overview } from './panels/overview.ts'

/** Every panel of the SOC console, one line each; tabs show theirs in this order. */
export const panels: readonly Panel[] = [overview, detections]
