import type { Store } from '../worker/pool.ts'

/** What a notification tells of a run (sqlite/queries/notifications.read.ts). */
export type Digest = NonNullable<Awaited<ReturnType<ReturnType<Store['read']>['notifications']['digest']>>>
