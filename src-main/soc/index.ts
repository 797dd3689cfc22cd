import type { Panel } from './panel.ts'
import { alerts } from './panels/alerts.ts'
import { behavior } from './panels/behavior.ts'
import { browsers } from './panels/browsers.ts'
import { browserSignatureEntries } from './panels/browserSignatureEntries.ts'
import { browserSignatures } from './panels/browserSignatures.ts'
import { bruteForce } from './panels/bruteForce.ts'
import { campaign } from './panels/campaign.ts'
import { campaigns } from './panels/campaigns.ts'
import { campaignsGraph } from './panels/campaignsGraph.ts'
import { campaignsScatter } from './panels/campaignsScatter.ts'
import { cascade } from './panels/cascade.ts'
import { classifications } from './panels/classifications.ts'
import { classifyStats } from './panels/classifyStats.ts'
import { classifySuggested } from './panels/classifySuggested.ts'
import { cluster } from './panels/cluster.ts'
import { detections } from './panels/detections.ts'
import { dictionaries } from './panels/dictionaries.ts'
import { features } from './panels/features.ts'
import { fingerprintDiscovery } from './panels/fingerprintDiscovery.ts'
import { fingerprints } from './panels/fingerprints.ts'
import { fleet } from './panels/fleet.ts'
import { geo } from './panels/geo.ts'
import { health } from './panels/health.ts'
import { heatmap } from './panels/heatmap.ts'
import { ip } from './panels/ip.ts'
import { ipRadar } from './panels/ipRadar.ts'
import { ja4 } from './panels/ja4.ts'
import { ja4Rotation } from './panels/ja4Rotation.ts'
import { models } from './panels/models.ts'
import { modelsThreats } from './panels/modelsThreats.ts'
import { modelsTimeline } from './panels/modelsTimeline.ts'
import { overview } from './panels/overview.ts'
import { recurrence } from './panels/recurrence.ts'
import { reflist } from './panels/reflist.ts'
import { reflistStats } from './panels/reflistStats.ts'
import { scores } from './panels/scores.ts'
import { sessions } from './panels/sessions.ts'
import { timelineDetail } from './panels/timelineDetail.ts'
import { traffic } from './panels/traffic.ts'
import { uaRotation } from './panels/uaRotation.ts'

/** Every panel of the SOC console, one line each; tabs show theirs in this order. */
export const panels: readonly Panel[] = [
  overview,
  detections,
  scores,
  recurrence,
  classifySuggested,
  classifications,
  classifyStats,
  traffic,
  sessions,
  heatmap,
  geo,
  fingerprints,
  browsers,
  browserSignatures,
  browserSignatureEntries,
  fingerprintDiscovery,
  timelineDetail,
  alerts,
  behavior,
  features,
  bruteForce,
  ja4Rotation,
  uaRotation,
  cascade,
  campaigns,
  campaignsScatter,
  campaignsGraph,
  campaign,
  cluster,
  models,
  modelsTimeline,
  modelsThreats,
  reflist,
  reflistStats,
  dictionaries,
  health,
  fleet,
  ip,
  ipRadar,
  ja4,
]
