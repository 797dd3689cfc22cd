import { useCall } from '../backend/query.ts'
import { FailureState } from '../backend/FailureState.tsx'
import { huntOf, link, placeOf, tabOf } from '../state/places.ts'
import { useRoute } from '../state/route.ts'
import { Action } from '../ui/Action.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { onceLoaded } from './onceLoaded.tsx'
import { StartPlace } from './StartPlace.tsx'

const OverviewView = onceLoaded(async () => (await import('../views/overview/OverviewView.tsx')).OverviewView)
const EvidenceView = onceLoaded(async () => (await import('../views/evidence/EvidenceView.tsx')).EvidenceView)
const ImportView = onceLoaded(async () => (await import('../views/import/ImportView.tsx')).ImportView)
const AlertsView = onceLoaded(async () => (await import('../views/alerts/AlertsView.tsx')).AlertsView)
const MapView = onceLoaded(async () => (await import('../views/map/MapView.tsx')).MapView)
const HuntsView = onceLoaded(async () => (await import('../views/hunts/HuntsView.tsx')).HuntsView)
const CorrelateView = onceLoaded(async () => (await import('../views/correlate/CorrelateView.tsx')).CorrelateView)
const CaseFileView = onceLoaded(async () => (await import('../views/caseFile/CaseFileView.tsx')).CaseFileView)
const SocView = onceLoaded(async () => (await import('../views/soc/SocView.tsx')).SocView)
const CasesView = onceLoaded(async () => (await import('../views/cases/CasesView.tsx')).CasesView)
const SettingsView = onceLoaded(async () => (await import('../views/settings/SettingsView.tsx')).SettingsView)

/** The view of the place in the URL. Each is loaded when first opened; another hunt is a new view, so nothing of the old one shows. */
export function Routes() {
  const route = useRoute()
  const hunt = huntOf(route)
  const place = placeOf(route)
  return (
    <ErrorBoundary key={`${hunt} ${place}`}>
      {hunt ? <HuntPlace hunt={hunt} place={place} tab={tabOf(route)} /> : <WorkspacePlace place={place} />}
    </ErrorBoundary>
  )
}

function WorkspacePlace({ place }: { place: string }) {
  if (place === 'start') return <StartPlace />
  if (place === 'hunts') return <HuntsView />
  if (place === 'correlate') return <CorrelateView />
  if (place === 'soc') return <SocView />
  if (place === 'cases') return <CasesView />
  if (place === 'case-file') return <CaseFileView />
  if (place === 'settings') return <SettingsView />
  return <NoSuchPlace />
}

function HuntPlace({ hunt, place, tab }: { hunt: string; place: string; tab: string | null }) {
  const { error } = useCall('hunts.get', { id: hunt })
  if (error?.code === 'not-found' || error?.code === 'invalid-input') {
    return <FailureState failure={error} action={<Action href={link.hunts()}>All hunts</Action>} />
  }
  if (place === 'overview') return <OverviewView hunt={hunt} />
  if (place === 'evidence') return tab === 'import' ? <ImportView hunt={hunt} /> : <EvidenceView hunt={hunt} />
  if (place === 'alerts') return <AlertsView hunt={hunt} />
  if (place === 'map') return <MapView hunt={hunt} />
  return <NoSuchPlace />
}

const NoSuchPlace = () => (
  <EmptyState title="Nothing is here" action={<Action href={link.start()}>Go to the start</Action>}>
    This address names no place of this version of Huntbench.
  </EmptyState>
)
