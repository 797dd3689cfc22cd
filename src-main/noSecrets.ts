import { AppError } from '#contract/appError'
import type { Ports } from './ports.ts'

const refuse = (): never => {
  throw new AppError(
    'unavailable',
    'There is no key ring here to keep a secret in. Open the workspace in the desktop window for that.',
  )
}

/** The secret store of a shell without a desktop: none. A secret is refused rather than kept readable. */
export const noSecrets: Ports['secrets'] = { available: false, seal: refuse, open: refuse }
