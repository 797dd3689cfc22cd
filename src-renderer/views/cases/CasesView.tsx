import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useExpectCommands } from '../../state/commands.ts'
import { caseTabs, link, openedOf, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CaseView } from './CaseView.tsx'
import { CaseList } from './CaseList.tsx'
import './cases.css'

/** All cases, or the one that the URL names. */
export function CasesView() {
  const route = useRoute()
  const id = tabOf(route)
  const tab = caseTabs.find((one) => one === openedOf(route)) ?? 'summary'
  return id === null ? <CaseList /> : <Opened key={id} id={id} tab={tab} />
}

function Opened({ id, tab }: { id: string; tab: (typeof caseTabs)[number] }) {
  const { data, error } = useCall('cases.get', { id })
  useExpectCommands(!data && !error)
  if (error) return <FailureState failure={error} action={<Action href={link.cases()}>All cases</Action>} />
  return data?.id === id ? <CaseView item={data} tab={tab} /> : <Skeleton rows={12} />
}
