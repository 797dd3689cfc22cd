import { useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useCall } from '../backend/query.ts'
import { remember, remembered } from '../state/remembered.ts'
import { useRoute } from '../state/route.ts'
import { AppearanceProvider } from '../ui/appearance.ts'

const systemDark = matchMedia('(prefers-color-scheme: dark)')
const onSystemChange = (listener: () => void) => {
  systemDark.addEventListener('change', listener)
  return () => systemDark.removeEventListener('change', listener)
}

/** Theme, zone and density from the settings; a `zone` in the URL comes before the setting, so that a shared link shows the same. */
export function WithAppearance({ children }: { children: ReactNode }) {
  const { data: settings } = useCall('settings.get', {})
  const { params } = useRoute()
  const prefersDark = useSyncExternalStore(onSystemChange, () => systemDark.matches)
  // Until the settings are there the window looks as it did last time.
  const chosen = settings?.theme ?? remembered('theme') ?? 'system'
  const theme = chosen === 'system' ? (prefersDark ? 'dark' : 'light') : chosen === 'light' ? 'light' : 'dark'
  const asked = params.get('zone')
  const zone = asked === 'utc' || asked === 'local' ? asked : (settings?.zone ?? 'utc')
  const density = settings?.density ?? 'compact'

  useEffect(() => {
    if (settings) remember('theme', settings.theme)
  }, [settings])
  // Before the effects of charts, which read the tokens of the new theme.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.body.classList.toggle('bp6-dark', theme === 'dark')
  }, [theme])

  const appearance = useMemo(() => ({ theme, zone, density }) as const, [theme, zone, density])
  return <AppearanceProvider value={appearance}>{children}</AppearanceProvider>
}
