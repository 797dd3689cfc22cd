import { num } from '../figures.ts'
import { PROFILE_FEATURES } from '../featureNames.ts'
import { panel, type Question } from '../panel.ts'
import { importanceOf } from '../shap.ts'
import { list, name, sql, whole, type Sql } from '../sql.ts'

const VARIED = [
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asset_ratio',
  'direct_access_ratio',
  'temporal_entropy',
  'path_diversity_ratio',
  'src_port_density',
] as const
/** The newest reasons that weights are taken from. */
const REASONS = 500

const prefixed = (prefix: string) => PROFILE_FEATURES.map((feature) => `${prefix}_${feature}`)
const figures = (names: readonly string[]) => Object.fromEntries(names.map((one) => [one, 'number'] as const))

const sessionFigures = figures([
  ...['all_sessions', 'human_sessions', 'bot_sessions'],
  ...['all', 'human', 'bot'].flatMap(prefixed),
  ...VARIED.map((feature) => `v_${feature}`),
])
/**
 * Averages and variances of the sessions in one pass, for both parts that show them: the view is worked out from the requests
 * each time. Nobody of a kind: NaN, which comes as null.
 */
const sessionsSql = ({
  processing,
}: Question<object>): Sql => sql`SELECT count() AS all_sessions, countIf(is_human) AS human_sessions, countIf(is_bot) AS bot_sessions,
  ${list(...PROFILE_FEATURES.map((feature) => sql`avg(${name(feature)}) AS ${name(`all_${feature}`)}`))},
  ${list(...PROFILE_FEATURES.map((feature) => sql`avgIf(${name(feature)}, is_human) AS ${name(`human_${feature}`)}`))},
  ${list(...PROFILE_FEATURES.map((feature) => sql`avgIf(${name(feature)}, is_bot) AS ${name(`bot_${feature}`)}`))},
  ${list(...VARIED.map((feature) => sql`varPop(${name(feature)}) AS ${name(`v_${feature}`)}`))}
FROM
(
  SELECT *, asn_label = 'isp' AS is_human, asn_label IN ('datacenter', 'hosting') AS is_bot
  FROM ${processing('view_ai_features_1h')}
)`

/** What the models look at: averages, how people and bots differ, and what spoke for detections. */
export const features = panel({
  id: 'features',
  title: 'Features',
  question: 'By which features do people and bots differ, and which decide?',
  screen: 'behaviour',
  window: null,
  params: {},
  parts: {
    averages: {
      title: 'People and bots, on average',
      columns: {
        feature: 'text',
        average: { kind: 'number', title: 'All' },
        human: { kind: 'number', title: 'People (ISP)' },
        bot: { kind: 'number', title: 'Bots (data centre, hosting)' },
      },
      reads: sessionFigures,
      requires: ['processing.view_ai_features_1h'],
      sql: sessionsSql,
      shape: ([row]) =>
        row === undefined
          ? []
          : ['sessions', ...PROFILE_FEATURES].map((feature) => ({
              feature,
              average: row[`all_${feature}`] ?? null,
              human: row[`human_${feature}`] ?? null,
              bot: row[`bot_${feature}`] ?? null,
            })),
    },
    addresses: {
      title: 'Whole addresses, on average',
      columns: { feature: 'text', average: { kind: 'number', title: 'All addresses' } },
      reads: { addresses: 'number', ...figures(prefixed('all')) },
      requires: ['processing.view_thesis_features_1h'],
      sql: ({ processing }) => sql`SELECT count() AS addresses,
  ${list(...PROFILE_FEATURES.map((feature) => sql`avg(${name(feature)}) AS ${name(`all_${feature}`)}`))}
FROM ${processing('view_thesis_features_1h')}`,
      shape: ([row]) =>
        row === undefined
          ? []
          : [
              { feature: 'addresses', average: row['addresses'] ?? null },
              ...PROFILE_FEATURES.map((feature) => ({ feature, average: row[`all_${feature}`] ?? null })),
            ],
    },
    variance: {
      title: 'Variance of features',
      columns: { feature: 'text', variance: 'number' },
      reads: sessionFigures,
      requires: ['processing.view_ai_features_1h'],
      sql: sessionsSql,
      shape: ([row]) =>
        VARIED.map((feature) => ({ feature, variance: row?.[`v_${feature}`] ?? null })).toSorted(
          (a, b) => (num(b.variance) ?? 0) - (num(a.variance) ?? 0),
        ),
    },
    importance: {
      title: 'What spoke for detections',
      columns: {
        feature: 'text',
        importance: { kind: 'number', title: 'Weight, on average' },
        occurrences: { kind: 'number', title: 'Detections' },
      },
      reads: { reason: 'text' },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ processing }) => sql`SELECT reason
FROM ${processing('ml_detected_anomalies')}
WHERE reason LIKE '%SHAP:%' OR reason LIKE '%ExIFFI:%'
ORDER BY detected_at DESC, src_ip, host
LIMIT ${whole('reasons', REASONS)}`,
      shape: (rows) => importanceOf(rows.map(({ reason }) => (typeof reason === 'string' ? reason : ''))),
    },
  },
})
