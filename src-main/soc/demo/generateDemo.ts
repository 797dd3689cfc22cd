/**
 * Generated SOC data: believable traffic with planted stories, and what must be found in it.
 *
 * The same seed and `now` give the same rows. Nothing lies shortly before the edge of a window that questions look back over,
 * so the answers hold for 15 minutes after `now` (clock.ts). One file a story; answers.ts documents the shape of the answers.
 */
import { answersOf, type DemoAnswers } from './answers.ts'
import { browsers } from './browsers.ts'
import { campaigns } from './campaigns.ts'
import { classifications } from './classifications.ts'
import { createClock } from './clock.ts'
import { crawlers } from './crawlers.ts'
import { credentialStuffing } from './credentialStuffing.ts'
import { fleets } from './fleets.ts'
import { headless } from './headless.ts'
import { ja4Rotation } from './ja4Rotation.ts'
import { models } from './models.ts'
import { oddities } from './oddities.ts'
import { persistent } from './persistent.ts'
import { createRandom } from './random.ts'
import { referenceLists, type ReferenceLists } from './referenceLists.ts'
import type { DemoRows, StoryContext } from './shapes.ts'
import { uaRotation } from './uaRotation.ts'

export type DemoData = { rows: DemoRows; lists: ReferenceLists; answers: DemoAnswers }

export const DEMO_SEED = 42

export function generateDemo({ seed = DEMO_SEED, now }: { seed?: number; now: Date }): DemoData {
  const clock = createClock(now)
  const rows: DemoRows = {
    http_logs: [],
    ml_all_scores: [],
    ml_detected_anomalies: [],
    soc_feedback: [],
    ml_performance_metrics: [],
    fleet_detections: [],
  }
  const told = <T>(name: string, story: (context: StoryContext) => T): T =>
    story({ clock, random: createRandom(seed, name), rows })
  told('crawlers', crawlers)
  told('browsers', browsers)
  const planted = {
    bruteForce: told('credentialStuffing', credentialStuffing),
    ja4Rotation: told('ja4Rotation', ja4Rotation),
    uaRotation: told('uaRotation', uaRotation),
    cascades: told('headless', headless),
    fleets: told('fleets', fleets),
    oddities: told('oddities', oddities),
  }
  told('campaigns', campaigns)
  told('persistent', persistent)
  told('models', models)
  told('classifications', classifications)
  const lists = referenceLists()
  return { rows, lists, answers: answersOf(clock.now, rows, planted, lists) }
}
