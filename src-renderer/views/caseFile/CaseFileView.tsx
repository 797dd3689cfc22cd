import { link, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { ExportTab } from './ExportTab.tsx'
import { OpenTab } from './OpenTab.tsx'
import './caseFile.css'

const listed = (text: string | null): string[] => (text ?? '').split(',').filter((id) => id !== '')

/** Hunts for a colleague, and what a colleague sent. */
export function CaseFileView() {
  const route = useRoute()
  const tab = tabOf(route) === 'export' ? 'export' : 'open'
  const [hunts, cases] = [listed(route.params.get('hunts')), listed(route.params.get('cases'))]
  const tabs = [
    { id: 'open', title: 'Open a case file', href: link.openCaseFile() },
    { id: 'export', title: 'Export', href: link.exportCaseFile({ hunts, cases }) },
  ]
  return (
    <>
      <ViewBar label="Case files" tabs={tabs} current={tab} />
      {tab === 'export' ? (
        <ExportTab key={`${hunts.join()} ${cases.join()}`} hunts={hunts} cases={cases} />
      ) : (
        <OpenTab ticket={route.params.get('ticket')} />
      )}
    </>
  )
}
