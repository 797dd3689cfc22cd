import { randomBytes } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Failure } from '#contract/failure'
import type { Ports } from '../ports.ts'

/**
 * Turns whatever was thrown into what the wire may say. Expected errors keep their code and sentence; anything else is
 * `internal` with a reference number under which the log holds the stack.
 */
export function toFailure(error: unknown, signal: AbortSignal | undefined, log: Ports['log']): Failure {
  if (error instanceof AppError && error.code !== 'internal') {
    return {
      code: error.code,
      message: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
    }
  }
  if (signal?.aborted) return { code: 'cancelled', message: 'Cancelled.' }
  const reference = randomBytes(4).toString('hex')
  log('error', `Unexpected error ${reference}`, error instanceof Error ? (error.stack ?? error.message) : error)
  return { code: 'internal', message: `Unexpected error. The log has it under ${reference}.`, detail: { reference } }
}
