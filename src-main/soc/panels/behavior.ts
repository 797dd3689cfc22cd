import { PROFILE_FEATURES } from '../featureNames.ts'
import { panel } from '../panel.ts'
import { list, name, sql } from '../sql.ts'

const SCATTER_FEATURES = [...PROFILE_FEATURES.filter((feature) => feature !== 'hits'), 'is_ua_rotating'] as const
/** Features whose values are counted. */
const DISTRIBUTED = [
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asset_ratio',
  'temporal_entropy',
  'path_diversity_ratio',
] as const

/** How the sessions of the last hour behave: each as a point, and how often each value of a feature comes. */
export const behavior = panel({
  id: 'behavior',
  title: 'Behaviour',
  question: 'Which sessions of the last hour behave unlike the others?',
  screen: 'behaviour',
  window: null,
  params: {},
  parts: {
    scatter: {
      title: 'Sessions by what they do',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        asn_label: { kind: 'text', title: 'Kind of network' },
        bot_name: { kind: 'text', title: 'Bot' },
        hits: 'number',
        ...Object.fromEntries(SCATTER_FEATURES.map((feature) => [feature, 'number'] as const)),
      },
      requires: ['processing.view_ai_features_1h'],
      sql: ({ processing }) => sql`SELECT src_ip, asn_label, bot_name, hits, ${list(...SCATTER_FEATURES.map(name))}
FROM ${processing('view_ai_features_1h')}
ORDER BY hits DESC, src_ip, ja4, host
LIMIT 500`,
    },
    distributions: {
      title: 'How often each value comes',
      columns: {
        feature: 'text',
        bucket: { kind: 'number', title: 'Value, rounded' },
        cnt: { kind: 'number', title: 'Sessions' },
      },
      requires: ['processing.view_ai_features_1h'],
      // All features in one pass: the view is worked out from the requests each time.
      sql: ({
        processing,
      }) => sql`SELECT tupleElement(one, 1) AS feature, round(tupleElement(one, 2), 2) AS bucket, count() AS cnt
FROM ${processing('view_ai_features_1h')}
ARRAY JOIN [${list(...DISTRIBUTED.map((feature) => sql`('${name(feature)}', toFloat64(${name(feature)}))`))}] AS one
GROUP BY feature, bucket
ORDER BY feature, bucket`,
    },
  },
})
