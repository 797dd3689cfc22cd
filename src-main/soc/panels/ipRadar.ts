import { address } from '../address.ts'
import { RADAR_FEATURES } from '../featureNames.ts'
import { panel } from '../panel.ts'
import { list, name, sql, text } from '../sql.ts'

const averages = () => list(...RADAR_FEATURES.map((feature) => sql`avg(${name(feature)}) AS ${name(`of_${feature}`)}`))

/** One address against what people and bots do on average, in the last hour. */
export const ipRadar = panel({
  id: 'ipRadar',
  title: 'Features against baselines',
  question: 'Does this address act like people at home or like data centres?',
  screen: 'address',
  window: null,
  params: { ip: address },
  parts: {
    profile: {
      title: 'Features against baselines',
      columns: {
        feature: 'text',
        address: { kind: 'number', title: 'This address' },
        isp: { kind: 'number', title: 'ISP' },
        bot: { kind: 'number', title: 'Data centre, hosting' },
      },
      reads: {
        who: 'text',
        ...Object.fromEntries(RADAR_FEATURES.map((feature) => [`of_${feature}`, 'number'] as const)),
      },
      requires: ['processing.view_ai_features_1h'],
      // The session with most requests stands for the address.
      sql: ({
        params,
        processing,
      }) => sql`SELECT 'address' AS who, ${list(...RADAR_FEATURES.map((feature) => sql`toFloat64(${name(feature)}) AS ${name(`of_${feature}`)}`))}
FROM
(
  SELECT * FROM ${processing('view_ai_features_1h')}
  WHERE src_ip = toIPv6(${text('ip', params.ip)})
  ORDER BY hits DESC, ja4, host LIMIT 1
)
UNION ALL
SELECT 'isp' AS who, ${averages()}
FROM ${processing('view_ai_features_1h')}
WHERE asn_label = 'isp'
UNION ALL
SELECT 'bot' AS who, ${averages()}
FROM ${processing('view_ai_features_1h')}
WHERE asn_label IN ('datacenter', 'hosting')`,
      shape: (rows) => {
        const of = (who: string, feature: string) => rows.find((row) => row['who'] === who)?.[`of_${feature}`] ?? null
        return RADAR_FEATURES.map((feature) => ({
          feature,
          address: of('address', feature),
          isp: of('isp', feature),
          bot: of('bot', feature),
        }))
      },
    },
  },
})
