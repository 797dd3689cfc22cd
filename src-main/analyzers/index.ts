import type { Analyzer } from './analyzer.ts'
import { authAnomaly } from './authAnomaly.ts'
import { entropy } from './entropy.ts'
import { frequencyAnomaly } from './frequencyAnomaly.ts'
import { networkAnomaly } from './networkAnomaly.ts'
import { persistence } from './persistence.ts'
import { suspiciousCommands } from './suspiciousCommands.ts'

/** Every analyzer, in the order people see them. */
export const analyzers: readonly Analyzer[] = [
  suspiciousCommands,
  persistence,
  authAnomaly,
  networkAnomaly,
  frequencyAnomaly,
  entropy,
]
