import type { ComponentType } from 'react'
import type { SocScreen } from '#contract/values'
import { AddressScreen } from './screens/AddressScreen.tsx'
import { BehaviourScreen } from './screens/BehaviourScreen.tsx'
import { CampaignsScreen } from './screens/CampaignsScreen.tsx'
import { DetectionsScreen } from './screens/DetectionsScreen.tsx'
import { FingerprintsScreen } from './screens/FingerprintsScreen.tsx'
import { HealthScreen } from './screens/HealthScreen.tsx'
import { Ja4Screen } from './screens/Ja4Screen.tsx'
import { ListsScreen } from './screens/ListsScreen.tsx'
import { ModelsScreen } from './screens/ModelsScreen.tsx'
import { OverviewScreen } from './screens/OverviewScreen.tsx'
import { TrafficScreen } from './screens/TrafficScreen.tsx'

/** `opened`: what the URL names behind the tab, such as an address. */
export type ScreenProps = { opened: string | null }

export const screenTitles: Readonly<Record<SocScreen, string>> = {
  overview: 'Overview',
  detections: 'Detections',
  traffic: 'Traffic',
  fingerprints: 'Fingerprints',
  behaviour: 'Behaviour',
  campaigns: 'Campaigns',
  models: 'Models',
  lists: 'Reference lists',
  health: 'Health',
  address: 'Address',
  ja4: 'JA4',
}

/** Screens with a drawing of their own, one line each; the panels of the others are shown as tables (AnyScreen). */
export const screens: Partial<Record<SocScreen, ComponentType<ScreenProps>>> = {
  overview: OverviewScreen,
  detections: DetectionsScreen,
  traffic: TrafficScreen,
  fingerprints: FingerprintsScreen,
  behaviour: BehaviourScreen,
  campaigns: CampaignsScreen,
  models: ModelsScreen,
  lists: ListsScreen,
  health: HealthScreen,
  address: AddressScreen,
  ja4: Ja4Screen,
}
