import { useEffect, useState } from 'react'
import type { ComponentType } from 'react'
import { useExpectCommands } from '../state/commands.ts'

type Loaded<P> = { view: ComponentType<P> | null; error: Error | null }

/**
 * A view whose code is loaded when it is first shown. React's own `lazy` would do, but what comes back it keeps from the screen
 * until 300 ms after its fallback was shown; the code is here in 30.
 */
export function onceLoaded<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null
  return function OnceLoaded(props: P) {
    const [{ view: View, error }, setLoaded] = useState<Loaded<P>>(() => ({ view: known, error: null }))
    useEffect(() => {
      if (View) return
      let here = true
      load().then(
        (view) => {
          known = view
          if (here) setLoaded({ view, error: null })
        },
        (failed: unknown) =>
          here && setLoaded({ view: null, error: failed instanceof Error ? failed : new Error(String(failed)) }),
      )
      return () => {
        here = false
      }
    }, [View])
    if (error) throw error
    return View ? <View {...props} /> : <ComingView />
  }
}

function ComingView() {
  useExpectCommands(true)
  return <div className="viewbar" />
}
