import { Lock } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import { caseTabs, link, type CaseTab } from '../../state/places.ts'
import { useCommands } from '../../state/commands.ts'
import { navigate } from '../../state/route.ts'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { ActivityTab } from './ActivityTab.tsx'
import { AlertsTab } from './AlertsTab.tsx'
import { CaseHead } from './CaseHead.tsx'
import { EvidenceTab } from './EvidenceTab.tsx'
import { ExportTab } from './ExportTab.tsx'
import { LinksTab } from './LinksTab.tsx'
import { NotesTab } from './NotesTab.tsx'
import { SummaryTab } from './SummaryTab.tsx'

const titles: Partial<Record<CaseTab, string>> = { iocs: 'IOCs' }

/** One case: what it is on top, a tab for each kind of thing that belongs to it. */
export function CaseView({ item, tab }: { item: HuntCase; tab: CaseTab }) {
  const { id, links } = item
  const counts: Partial<Record<CaseTab, number>> = {
    alerts: item.alerts,
    iocs: links.ioc,
    techniques: links.technique,
    hypotheses: links.hypothesis,
    evidence: links.row,
    notes: item.notes,
    activity: item.activity,
  }
  const titleOf = (one: CaseTab): string => titles[one] ?? capitalised(one)
  useCommands(
    caseTabs.map((one, n) => ({
      id: `case.tab.${one}`,
      title: `${titleOf(one)} of the case`,
      group: 'Cases' as const,
      keys: String(n + 1),
      run: () => navigate(link.case(id, one)),
    })),
  )
  return (
    <>
      <CaseHead item={item} />
      <div className="viewbar case-tabs" data-region="Tabs of the case">
        <nav className="tabs" aria-label="Case">
          {caseTabs.map((one) => (
            <a
              key={one}
              className="tab"
              href={`#${link.case(id, one)}`}
              aria-current={one === tab ? 'page' : undefined}
            >
              {titleOf(one)}
              {counts[one] !== undefined && <span className="tab-count">{formatCount(counts[one])}</span>}
            </a>
          ))}
        </nav>
        <span className="spring" />
        {item.pap === 'RED' && item.status !== 'closed' && (
          <span className="case-pap sm t2 wide-only">
            <Lock size={12} /> PAP:RED: no notification about these hunts leaves this computer
          </span>
        )}
      </div>
      <div className="case-body">
        <TabOf item={item} tab={tab} />
      </div>
    </>
  )
}

function TabOf({ item, tab }: { item: HuntCase; tab: CaseTab }) {
  const { id } = item
  if (tab === 'alerts') return <AlertsTab id={id} />
  if (tab === 'iocs') return <LinksTab id={id} kind="ioc" />
  if (tab === 'techniques') return <LinksTab id={id} kind="technique" />
  if (tab === 'hypotheses') return <LinksTab id={id} kind="hypothesis" />
  if (tab === 'evidence') return <EvidenceTab id={id} />
  if (tab === 'notes') return <NotesTab item={item} />
  if (tab === 'activity') return <ActivityTab id={id} />
  if (tab === 'export') return <ExportTab item={item} />
  return <SummaryTab item={item} />
}
