import { panel, type Question } from '../panel.ts'
import { sql, type Sql } from '../sql.ts'

const needs = ['processing.ml_performance_metrics'] as const
const columns = {
  cycle_at: { kind: 'time', title: 'Cycle' },
  model_name: { kind: 'text', title: 'Model' },
  total_sessions: { kind: 'number', title: 'Sessions' },
  correlated_rate: { kind: 'percent', title: 'Correlated' },
  anomaly_rate: { kind: 'percent', title: 'Anomalous' },
  critical_count: { kind: 'number', title: 'Critical' },
  high_count: { kind: 'number', title: 'High' },
  drift_rate: { kind: 'percent', title: 'Drift' },
  drift_alert: { kind: 'flag', title: 'Drift alert' },
  cycle_latency_ms: { kind: 'number', title: 'Latency, ms' },
  features_valid: { kind: 'number', title: 'Features valid' },
  features_total: { kind: 'number', title: 'of' },
  baseline_size: { kind: 'number', title: 'Baseline' },
  meta_learner_active: { kind: 'flag', title: 'Meta-learner' },
} as const

/** The newest cycles; all parts tell of the same ones. */
const cycles = ({ processing, within }: Question<object>): Sql => sql`SELECT cycle_at, model_name, total_sessions,
  correlated_rate, anomaly_rate, critical_count, high_count, drift_rate, drift_alert, cycle_latency_ms, features_valid,
  features_total, baseline_size, meta_learner_active
FROM ${processing('ml_performance_metrics')}
WHERE ${within('cycle_at')}
ORDER BY cycle_at DESC, model_name
LIMIT 500`

/** How the pipeline fares: cycles, drift, latency, features. */
export const health = panel({
  id: 'health',
  title: 'Health of the models',
  question: 'Does the pipeline run, is it fast enough, and do the models still fit the traffic?',
  screen: 'health',
  window: { days: 7 },
  params: {},
  parts: {
    metrics: { title: 'Cycles', columns, requires: needs, sql: cycles },
    latest: {
      title: 'Newest cycle of each model',
      columns,
      requires: needs,
      sql: (asked) => sql`SELECT * FROM (${cycles(asked)})
ORDER BY cycle_at DESC, model_name
LIMIT 1 BY model_name`,
    },
    averages: {
      title: 'Averages',
      columns: {
        cycles: 'number',
        avg_anomaly_rate: { kind: 'percent', title: 'Anomalous' },
        avg_latency_ms: { kind: 'number', title: 'Latency, ms' },
        drift_alerts: { kind: 'number', title: 'Drift alerts' },
      },
      requires: needs,
      sql: (asked) => sql`SELECT count() AS cycles, round(avg(anomaly_rate), 4) AS avg_anomaly_rate,
  round(avg(cycle_latency_ms)) AS avg_latency_ms, countIf(drift_alert > 0) AS drift_alerts
FROM (${cycles(asked)})`,
    },
  },
})
