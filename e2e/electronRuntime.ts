import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The Electron executable where it is installed, or where ELECTRON_OVERRIDE_DIST_PATH names it; null elsewhere. */
export function electronRuntime(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('electron')
    return typeof path === 'string' && existsSync(path) ? path : null
  } catch {
    // The package throws when its runtime was never fetched.
    return null
  }
}
