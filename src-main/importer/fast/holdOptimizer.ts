import { setFlagsFromString } from 'node:v8'

/** Calls of a function until V8 compiles it with its highest tier, as `node --v8-options` has it: as always, and never. */
const USUAL = 3000
const NEVER = 1_000_000_000

/**
 * Keeps V8 from compiling code anew with its highest tier, in all threads, until the function that is answered is called. An import
 * keeps all processors busy for a second or so: compiling what runs a few thousand times in it takes a tenth of that, and gives
 * nothing back. Code that was compiled before stays as it is.
 */
export function holdOptimizer(): () => void {
  setFlagsFromString(`--invocation-count-for-turbofan=${NEVER}`)
  return () => setFlagsFromString(`--invocation-count-for-turbofan=${USUAL}`)
}
