import { lazy, Suspense } from 'react'
import { useCall } from '../backend/query.ts'
import { FailureState } from '../backend/FailureState.tsx'
import { huntOf, link, placeOf, tabOf } from '../state/places.ts'
import { useExpectCommands } from '../state/commands.ts'
import { useRoute } from '../state/route.ts'
import { Action } from '../ui/Action.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { StartPlace } from './StartPlace.tsx'

const OverviewView = lazy(async () => ({ default: (await import('../views/overview/OverviewView.tsx')).OverviewView }))
const EvidenceView = lazy(async () => ({ default: (await import('../views/evidence/EvidenceView.tsx')).EvidenceView }))
const ImportView = lazy(async () => ({ default: (await import('../views/import/ImportView.tsx')).ImportView }))
const AlertsView = lazy(async () => ({ default: (await import('../views/alerts/AlertsView.tsx')).AlertsView }))
const MapView = lazy(async () => ({ default: (await import('../views/map/MapView.tsx')).MapView }))
const HuntsView = lazy(async () => ({ default: (await import('../views/hunts/HuntsView.tsx')).HuntsView }))
const CorrelateView = lazy(async () => ({
  default: (await import('../views/correlate/CorrelateView.tsx')).CorrelateView,
}))
const CaseFileView = lazy(async () => ({ default: (await import('../views/caseFile/CaseFileView.tsx')).CaseFileView }))
const SocView = lazy(async () => ({ default: (await import('../views/soc/SocView.tsx')).SocView }))
const CasesView = lazy(async () => ({ default: (await import('../views/cases/CasesView.tsx')).CasesView }))
const SettingsView = lazy(async () => ({ default: (await import('../views/settings/SettingsView.tsx')).SettingsView }))

/** The view of the place in the URL. Each is loaded when first opened; another hunt is a new view, so nothing of the old one shows. */
export function Routes() {
  const route = useRoute()
  const hunt = huntOf(route)
  const place = placeOf(route)
  return (
    <ErrorBoundary key={`${hunt} ${place}`}>
      <Suspense fallback={<ComingView />}>
        {hunt ? <HuntPlace hunt={hunt} place={place} tab={tabOf(route)} /> : <WorkspacePlace place={place} />}
      </Suspense>
    </ErrorBoundary>
  )
}

function ComingView() {
  useExpectCommands(true)
  return <div className="viewbar" />
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
