import { reportSections, type ReportSection } from '#contract/values'
import { markdownBlocks } from '../../src-shared/markdownTree.ts'
import type { CaseContent } from './content.ts'
import { severityChart } from './charts.ts'
import { mapPicture } from './mapPicture.ts'
import { defanged } from '../../src-shared/defanged.ts'
import { findings } from './findingParts.ts'
import { atText, capital, counted, heading, isoText, type Part, table } from './parts.ts'

export type { Part }

export type Report = {
  title: string
  /** TLP and PAP, on every page. */
  banner: string
  tlp: CaseContent['item']['tlp']
  parts: Part[]
  references: CaseContent['references']
}

/** Events of the timeline; alerts beyond are in the findings. */
const TIMELINE_MAX = 500

const SECTIONS: Record<ReportSection, { name: string; parts: (content: CaseContent) => Part[] }> = {
  summary: { name: 'summary', parts: about },
  timeline: { name: 'timeline', parts: timeline },
  findings: { name: 'findings', parts: findings },
  pictures: { name: 'charts and maps', parts: pictures },
  indicators: { name: 'indicators', parts: indicators },
  hypotheses: { name: 'hypotheses', parts: hypotheses },
  notes: { name: 'notes', parts: notes },
  searched: { name: 'what was searched without result', parts: searched },
  rules: { name: 'rules and their authors', parts: rules },
  sources: { name: 'sources', parts: sources },
  tasks: { name: 'tasks', parts: tasks },
  activity: { name: 'activity log', parts: activity },
}

/** What a report of a case says, in its order; sections that were not wanted are named at its end. */
export function documentOf(content: CaseContent, wanted: readonly ReportSection[] = reportSections): Report {
  const { item } = content
  const left = reportSections.filter((section) => !wanted.includes(section)).map((section) => SECTIONS[section].name)
  return {
    title: `Case ${String(item.number).padStart(3, '0')}: ${item.title}`,
    banner: `TLP:${item.tlp}  ·  PAP:${item.pap}`,
    tlp: item.tlp,
    references: content.references,
    parts: [
      ...reportSections.flatMap((section) => (wanted.includes(section) ? SECTIONS[section].parts(content) : [])),
      ...(left.length === 0
        ? []
        : [{ kind: 'text' as const, text: `Not in this report, by choice: ${left.join(', ')}.`, quiet: true }]),
    ],
  }
}

function about({ item, madeAt, madeBy, version, hunts, alerts, leftOut }: CaseContent): Part[] {
  const facts: [string, string][] = [
    ['Severity', capital(item.severity)],
    ['Status', capital(item.status)],
    ['Priority', String(item.priority)],
    ['Owner', item.assignee ?? 'nobody yet'],
    ['Opened', isoText(item.createdAt)],
    ['Closed', item.closedAt === null ? 'no' : isoText(item.closedAt)],
    ['Tags', item.tags.join(', ') || 'none'],
    ['Hunts', hunts.map(({ name, rows }) => `${name} (${counted(rows, 'row')})`).join(', ') || 'none'],
    ['Report made', `${isoText(madeAt)}${madeBy === '' ? '' : ` by ${madeBy}`} with Huntbench ${version}`],
    ['Case id', item.id],
  ]
  return [
    heading('Summary'),
    ...(item.description === ''
      ? [{ kind: 'text' as const, text: 'No summary was written.', quiet: true }]
      : [{ kind: 'prose' as const, blocks: markdownBlocks(item.description) }]),
    { kind: 'facts', facts },
    {
      kind: 'text',
      text: `${counted(alerts.length, 'alert')} from ${counted(hunts.length, 'hunt')}. All times are UTC. Indicators are de-fanged.`,
      quiet: true,
    },
    ...leftOut.map((text): Part => ({ kind: 'text', text: `Left out: ${text}` })),
  ]
}

function timeline({ alerts, rows }: CaseContent): Part[] {
  const events = [
    ...alerts.flatMap(({ firstTime, title, severity, host }) =>
      firstTime === null ? [] : [[firstTime, capital(severity), title, host ?? '']],
    ),
    ...rows.flatMap(({ time: at, label, value, note }) =>
      at === null ? [] : [[at, 'Row', note === '' ? label : `${label}: ${note}`, value]],
    ),
  ].sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))
  const without = alerts.filter(({ firstTime }) => firstTime === null).length
  return [
    heading('Timeline'),
    ...(events.length === 0
      ? [{ kind: 'text' as const, text: 'Nothing in this case has a time.', quiet: true }]
      : [
          table(
            ['Time, UTC', 'Severity', 'What', 'Where or value'],
            [22, 12, 42, 24],
            [0, 3],
            events.slice(0, TIMELINE_MAX).map(([at = '', ...rest]) => [atText(at), ...rest]),
          ),
        ]),
    ...(events.length > TIMELINE_MAX
      ? [{ kind: 'text' as const, text: `The first ${TIMELINE_MAX} of ${counted(events.length, 'event')} are shown.` }]
      : []),
    ...(without > 0 && events.length > 0
      ? [{ kind: 'text' as const, text: `${counted(without, 'alert')} without a time: see the findings.`, quiet: true }]
      : []),
  ]
}

function pictures({ alerts, maps }: CaseContent): Part[] {
  const chart = severityChart(alerts)
  return [
    ...(chart === null ? [] : [heading('Alerts over time'), { kind: 'picture' as const, ...chart }]),
    ...maps.flatMap(({ name, document }): Part[] => {
      const svg = mapPicture(document)
      const drawn = document.elements.filter(({ kind }) => kind === 'node').length
      return svg === null
        ? []
        : [heading(`Map: ${name}`), { kind: 'picture', svg, says: `${name}, ${counted(drawn, 'node')} as drawn` }]
    }),
  ]
}

function indicators({ iocs }: CaseContent): Part[] {
  if (iocs.length === 0)
    return [heading('Indicators'), { kind: 'text', text: 'None belong to this case.', quiet: true }]
  const lines = iocs.map(({ target, iocType, verdict, verdictFrom, note }) => [
    defanged(target),
    iocType ?? '',
    verdict === null ? 'no verdict' : verdictFrom === 'lists' ? `${verdict} (lists)` : verdict,
    note,
  ])
  return [
    heading('Indicators'),
    table(['Indicator, de-fanged', 'Type', 'Verdict', 'Why'], [46, 12, 16, 26], [0], lines),
  ]
}

function hypotheses({ hypotheses: all }: CaseContent): Part[] {
  const told = all.filter(({ status }) => status !== 'rejected')
  if (told.length === 0) return []
  const lines = told.map(({ title, status, mitreTechnique, evidenceTotal, reason }) => [
    title,
    capital(status),
    mitreTechnique ?? '',
    String(evidenceTotal),
    reason,
  ])
  return [
    heading('Hypotheses'),
    table(['Hypothesis', 'Status', 'Technique', 'Rows', 'Reason'], [38, 14, 14, 8, 26], [2], lines),
  ]
}

function notes({ notes: all }: CaseContent): Part[] {
  if (all.length === 0) return []
  return [
    heading('Notes'),
    ...all.flatMap(({ title, text, author, updatedAt }): Part[] => [
      heading(title === '' ? 'Note' : title, 3),
      { kind: 'text', text: `${author === '' ? '' : `${author}, `}${isoText(updatedAt)}`, quiet: true },
      { kind: 'prose', blocks: markdownBlocks(text) },
    ]),
  ]
}

function searched({ searched: all, hypotheses: supposed, hunts }: CaseContent): Part[] {
  const rejected = supposed
    .filter(({ status }) => status === 'rejected')
    .map(({ title, huntId, decidedAt, reason }) => [
      `Hypothesis: ${title}`,
      hunts.find(({ id }) => id === huntId)?.name ?? '',
      atText(decidedAt),
      reason === '' ? 'rejected' : `rejected: ${reason}`,
    ])
  const lines = [...all.map(({ what, where, when, result }) => [what, where, atText(when), result]), ...rejected]
  return [
    heading('Searched without result'),
    lines.length === 0
      ? { kind: 'text', text: 'Nothing that was recorded stayed without result.', quiet: true }
      : table(['What', 'Where', 'Last, UTC', 'Result'], [34, 22, 18, 26], [], lines),
  ]
}

function rules({ rules: all }: CaseContent): Part[] {
  if (all.length === 0) return []
  return [
    heading('Rules and their authors'),
    table(
      ['Rule', 'Author', 'Alerts'],
      [54, 34, 12],
      [],
      all.map(({ name, author, alerts }) => [name, author, String(alerts)]),
    ),
  ]
}

function sources({ sources: all }: CaseContent): Part[] {
  return [
    heading('Sources'),
    table(
      ['File', 'Hunt', 'Rows', 'Bytes', 'SHA-256'],
      [29, 16, 8, 10, 37],
      [0, 4],
      all.map(({ file, hunt, rows, excerptOf, quarantined, size, sha256 }) => [
        file,
        hunt,
        `${excerptOf === null ? rows : `${rows} of ${excerptOf}`}${quarantined === 0 ? '' : ` and ${quarantined} in quarantine`}`,
        String(size),
        sha256 ?? 'not recorded',
      ]),
    ),
  ]
}

function tasks({ tasks: all }: CaseContent): Part[] {
  if (all.length === 0) return []
  return [
    heading('Tasks'),
    table(
      ['Task', 'State', 'Owner', 'Due'],
      [52, 14, 20, 14],
      [],
      all.map(({ title, state, assignee, due }) => [title, capital(state), assignee ?? 'nobody yet', due ?? '']),
    ),
  ]
}

function activity({ verification }: CaseContent): Part[] {
  const { entries, chains, broken } = verification
  return [
    heading('Activity log'),
    {
      kind: 'text',
      text:
        broken === null
          ? `${counted(entries, 'entry', 'entries')}; the chain of hashes is intact.`
          : `The chain of hashes is broken at entry ${broken.n}: ${broken.reason}`,
    },
    ...chains.map(({ chain, hash }): Part => ({
      kind: 'facts',
      facts: [
        ['Chain', chain],
        ['Last entry', hash],
      ],
    })),
  ]
}
