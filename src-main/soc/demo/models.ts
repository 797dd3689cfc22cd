import { DAY_S, HOUR_S } from './clock.ts'
import type { StoryContext } from './shapes.ts'
import { MODELS } from './verdicts.ts'

/** Cycles over 8 days, one in 3 hours: the oldest lie outside a week. */
const CYCLES = (8 * DAY_S) / (3 * HOUR_S)
/** In these cycles, counted back from now, the first model drifts. */
const DRIFT = { from: 6, to: 10 } as const

/** How the models fared: latency, drift with its alert, features that became invalid. */
export function models({ clock, random, rows }: StoryContext): void {
  for (const [m, model_name] of MODELS.entries())
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const drifts = m === 0 && cycle >= DRIFT.from && cycle < DRIFT.to
      rows.ml_performance_metrics.push({
        cycle_at: clock.ago(cycle * 3 * HOUR_S + 600 + m * 30),
        model_name,
        total_sessions: random.whole(800, 1_400),
        correlated_rate: Number((0.6 + random.share() * 0.2).toFixed(3)),
        anomaly_rate: Number((0.02 + random.share() * 0.03).toFixed(3)),
        critical_count: random.whole(0, 6),
        high_count: random.whole(4, 30),
        drift_rate: Number((drifts ? 0.3 + random.share() * 0.1 : random.share() * 0.1).toFixed(3)),
        drift_alert: drifts ? 1 : 0,
        cycle_latency_ms: random.whole(900, 2_400) + (drifts ? 3_000 : 0),
        features_valid: drifts ? 31 : 35,
        features_total: 35,
        baseline_size: 12_000 + (CYCLES - cycle) * 40,
        meta_learner_active: m === 0 ? 1 : 0,
      })
    }
}
