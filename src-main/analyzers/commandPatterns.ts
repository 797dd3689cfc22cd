import { accountPatterns } from './patterns/accounts.ts'
import { childPatterns } from './patterns/children.ts'
import type { CommandPattern } from './patterns/commandPattern.ts'
import { credentialPatterns } from './patterns/credentials.ts'
import { defenseEvasionPatterns } from './patterns/defenseEvasion.ts'
import { discoveryPatterns } from './patterns/discovery.ts'
import { executionPatterns } from './patterns/execution.ts'
import { impactPatterns } from './patterns/impact.ts'
import { moreProxyPatterns } from './patterns/moreProxies.ts'
import { proxyPatterns } from './patterns/proxies.ts'
import { settingPatterns } from './patterns/settings.ts'
import { stayingPatterns } from './patterns/staying.ts'

/** Every command pattern of the suspicious_commands analyzer. */
export const commandPatterns: readonly CommandPattern[] = [
  ...credentialPatterns,
  ...accountPatterns,
  ...impactPatterns,
  ...stayingPatterns,
  ...executionPatterns,
  ...childPatterns,
  ...proxyPatterns,
  ...moreProxyPatterns,
  ...defenseEvasionPatterns,
  ...settingPatterns,
  ...discoveryPatterns,
]
