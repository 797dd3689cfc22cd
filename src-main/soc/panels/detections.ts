import { z } from 'zod'
import { facetColumns, facetsOf } from '../facets.ts'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import { pageOf, paged } from '../paging.ts'
import { ofSessions, sessionFilters } from '../sessionFilter.ts'
import { and, integer, sql, text, when, type Sql } from '../sql.ts'

const SORTS = [
  'detected_at',
  'src_ip',
  'ja4',
  'host',
  'anomaly_score',
  'threat_level',
  'recurrence',
  'hits',
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'campaign_id',
  'asn_org',
  'country_code',
  'bot_name',
  'browser_family',
] as const
/** What the table can be filtered by. */
const FACETS = ['threat_level', 'country_code', 'asn_org', 'browser_family', 'bot_name'] as const

const filter = z.string().max(500).optional()
const params = {
  ...sessionFilters,
  bot_name: filter,
  campaign_id: z.number().int().optional(),
  // A feature that the reason weighs.
  feature: z
    .string()
    .regex(/^\w{1,100}$/)
    .optional(),
  ...paged(SORTS, 'detected_at'),
}

type Asked = Question<ParamsOf<typeof params>>

const where = (asked: Asked): Sql =>
  and(
    ofSessions(asked),
    when(asked.params.bot_name, (value) => sql`bot_name = ${text('bot_name', value)}`),
    when(asked.params.feature, (value) => sql`match(reason, ${text('feature', `\\b${value}\\(`)})`),
    when(asked.params.campaign_id, (value) => sql`campaign_id = ${integer('campaign_id', value)}`),
  )

/** What the models called anomalous, row by row. */
export const detections = panel({
  id: 'detections',
  title: 'Detections',
  question: 'Which sessions did the models call anomalous, and why?',
  screen: 'detections',
  window: { days: 30 },
  params,
  parts: {
    rows: {
      title: 'Detections',
      columns: {
        detected_at: { kind: 'time', title: 'Detected' },
        threat_level: { kind: 'level', title: 'Level' },
        src_ip: { kind: 'address', title: 'Address' },
        ja4: 'ja4',
        host: 'host',
        anomaly_score: { kind: 'number', title: 'Score' },
        hits: 'number',
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        bot_name: { kind: 'text', title: 'Bot' },
        browser_family: { kind: 'text', title: 'Browser' },
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        recurrence: 'number',
        hit_velocity: 'number',
        fuzzing_index: { kind: 'number', title: 'Fuzzing' },
        post_ratio: { kind: 'percent', title: 'POST' },
        model_name: { kind: 'text', title: 'Model' },
        reason: 'text',
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: (asked) => sql`SELECT *
FROM ${asked.processing('ml_detected_anomalies')}
WHERE ${where(asked)}
${pageOf(asked.params, 'detected_at', 'src_ip', 'host')}`,
      total: (asked) => sql`SELECT count()
FROM ${asked.processing('ml_detected_anomalies')}
WHERE ${where(asked)}`,
    },
    facets: {
      title: 'Values',
      columns: facetColumns('Detections'),
      requires: ['processing.ml_detected_anomalies'],
      sql: (asked) => facetsOf(FACETS, asked.processing('ml_detected_anomalies'), where(asked)),
    },
  },
})
