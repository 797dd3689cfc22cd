import { AppError } from '#contract/appError'
import type { ReadContext, TaskContext, WriteContext } from './contexts.ts'
import type { Role } from './messages.ts'
import type { Procedures } from './procedureShape.ts'
import type { reads } from './readProcedures.ts'
import type { tasks } from './taskProcedures.ts'
import type { writes } from './writeProcedures.ts'

/** Loads only what a role needs: a reader carries no importer, which keeps the start quick and idle memory low. */
export async function proceduresOf(role: Role): Promise<Procedures<never>> {
  if (role === 'reader') return (await import('./readProcedures.ts')).reads
  if (role === 'writer') return (await import('./writeProcedures.ts')).writes
  return (await import('./taskProcedures.ts')).tasks
}

type Remote<T, Context> = {
  [N in keyof T]: {
    [M in keyof T[N]]: T[N][M] extends (context: Context, ...args: infer A) => infer R
      ? (...args: A) => Promise<Awaited<R>>
      : never
  }
}
export type RemoteReads = Remote<typeof reads, ReadContext>
export type RemoteWrites = Remote<typeof writes, WriteContext>
export type RemoteTasks = Remote<typeof tasks, TaskContext>

/** The procedure of that name; AppError 'internal' when there is none, which only a fault of this program can cause. */
export function procedureNamed(
  table: Procedures<never>,
  noun: string,
  method: string,
): (context: unknown, ...args: unknown[]) => unknown {
  const procedure = table[noun]?.[method]
  if (!procedure) throw new AppError('internal', `No procedure ${noun}.${method}.`)
  // The pool's typed remotes are derived from these very tables; here the names have become text.
  return procedure as (context: unknown, ...args: unknown[]) => unknown
}
