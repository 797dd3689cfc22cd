import { DAY_S, HOUR_S } from './clock.ts'
import type { ScoreRow, StoryContext, ThreatLevel } from './shapes.ts'
import { MODELS } from './verdicts.ts'

/** Cycles over 8 days, one in 3 hours: the oldest lie outside a week. */
const CYCLES = (8 * DAY_S) / (3 * HOUR_S)
/** In these cycles, counted back from now, the first model drifts. */
const DRIFT = { from: 6, to: 10 } as const

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Number((part / whole).toFixed(3)))

/**
 * How the models fared: latency, drift with its alert, features that became invalid. A cycle counts what its model scored since
 * the one before, so the figures of health are those of the scores; it is told last.
 */
export function models({ clock, random, rows }: StoryContext): void {
  for (const [m, model_name] of MODELS.entries()) {
    const own = rows.ml_all_scores.filter((row) => row.model_name === model_name)
    const at = (cycle: number): number => clock.ago(cycle * 3 * HOUR_S + 600 + m * 30)
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const drifts = m === 0 && cycle >= DRIFT.from && cycle < DRIFT.to
      const scored = own.filter(({ detected_at }) => detected_at > at(cycle + 1) && detected_at <= at(cycle))
      const ofLevel = (level: ThreatLevel): number => scored.filter((row) => row.threat_level === level).length
      const [critical_count, high_count] = [ofLevel('CRITICAL'), ofLevel('HIGH')]
      rows.ml_performance_metrics.push({
        cycle_at: at(cycle),
        model_name,
        total_sessions: scored.length,
        correlated_rate: scored.length === 0 ? 0 : Number((0.6 + random.share() * 0.2).toFixed(3)),
        anomaly_rate: share(critical_count + high_count, scored.length),
        critical_count,
        high_count,
        drift_rate: Number((drifts ? 0.3 + random.share() * 0.1 : random.share() * 0.1).toFixed(3)),
        drift_alert: drifts ? 1 : 0,
        cycle_latency_ms: latency(scored, random.whole(900, 1_600)) + (drifts ? 3_000 : 0),
        features_valid: drifts ? 31 : 35,
        features_total: 35,
        baseline_size: 12_000 + (CYCLES - cycle) * 40,
        meta_learner_active: m === 0 ? 1 : 0,
      })
    }
  }
}

/** A cycle takes longer the more it scores. */
const latency = (scored: readonly ScoreRow[], idle: number): number => idle + scored.length * 4
