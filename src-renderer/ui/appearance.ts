import { createContext, use } from 'react'
import type { Zone } from './formatTime.ts'

/** What the widgets of one window agree on. The frame sets it from the settings. */
export type Appearance = { theme: 'dark' | 'light'; zone: Zone; density: 'compact' | 'normal' | 'relaxed' }

const AppearanceContext = createContext<Appearance>({ theme: 'dark', zone: 'utc', density: 'compact' })

export const AppearanceProvider = AppearanceContext.Provider
export const useAppearance = (): Appearance => use(AppearanceContext)
export const useZone = (): Zone => use(AppearanceContext).zone
