import { severities } from '#contract/values'
import type { CaseContent } from './content.ts'
import { capital, counted, heading, isoText, type Part, table } from './parts.ts'

/** Evidence rows shown of each alert. */
const EVIDENCE_SHOWN = 5

/** Findings by technique, worst technique first. */
export function findings({ alerts, techniques }: CaseContent): Part[] {
  const named = new Map(techniques.map((technique) => [technique.id, technique]))
  const groups = new Map<string, CaseContent['alerts']>()
  for (const alert of alerts) {
    const key = alert.mitreTechnique ?? ''
    groups.set(key, [...(groups.get(key) ?? []), alert])
  }
  const worst = (list: CaseContent['alerts']): number =>
    Math.min(...list.map(({ severity }) => severities.indexOf(severity)))
  const sorted = [...groups].sort(([, a], [, b]) => worst(a) - worst(b) || b.length - a.length)
  const seen = new Set(alerts.map(({ mitreTechnique }) => mitreTechnique))
  const only = techniques.filter(({ id }) => !seen.has(id))
  return [
    heading('Findings by technique'),
    ...(alerts.length === 0 ? [{ kind: 'text' as const, text: 'No alerts belong to this case.', quiet: true }] : []),
    ...sorted.flatMap(([id, list]): Part[] => {
      const technique = named.get(id)
      const title = id === '' ? 'No technique named' : `${id} ${technique?.name ?? ''}`.trim()
      return [
        heading(title, 3),
        ...(technique && technique.tactics.length > 0
          ? [{ kind: 'text' as const, text: `Tactics: ${technique.tactics.map(capital).join(', ')}`, quiet: true }]
          : []),
        ...list.flatMap(oneFinding),
      ]
    }),
    ...(only.length === 0
      ? []
      : [
          heading('Techniques without an alert', 3),
          table(
            ['Technique', 'Name', 'Why it belongs here'],
            [16, 34, 50],
            [0],
            only.map(({ id, name, note }) => [id, name, note]),
          ),
        ]),
  ]
}

function oneFinding(alert: CaseContent['alerts'][number]): Part[] {
  const found = alert.rule === null ? `analyzer ${alert.analyzer}` : `rule ${alert.rule.name}`
  const harmless: [string, string][] = alert.falsePositives === null ? [] : [['Harmless if', alert.falsePositives]]
  const evidence = alert.evidence.slice(0, EVIDENCE_SHOWN)
  return [
    heading(alert.title, 4),
    {
      kind: 'facts',
      facts: [
        ['State', `${capital(alert.severity)}, ${capital(alert.status).toLowerCase()}`],
        ['What', alert.description],
        [
          'When',
          alert.firstTime === null
            ? 'no time'
            : `${isoText(alert.firstTime)} to ${isoText(alert.lastTime ?? alert.firstTime)}`,
        ],
        ['Where', [alert.host, alert.user].filter((one) => one !== null).join(', ') || 'not named'],
        ['Found by', `${found}, score ${Math.round(alert.score)}, hunt ${alert.hunt}`],
        ...harmless,
        [
          'Rows',
          evidence.length < alert.evidenceTotal
            ? `${evidence.length} of ${counted(alert.evidenceTotal, 'row')} shown`
            : counted(alert.evidenceTotal, 'row'),
        ],
      ],
    },
    ...(evidence.length === 0
      ? []
      : [
          table(
            ['Row', 'Field', 'Value'],
            [10, 20, 70],
            [1, 2],
            evidence.map(({ row, field, value }) => [String(row), field, value]),
          ),
        ]),
  ]
}
