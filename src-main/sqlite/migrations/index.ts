import type { WriteDb } from '../db.ts'
import { workspace0001 } from './0001Workspace.ts'

/** In order; the position of a migration is the version it brings the workspace to. Never edit one that was released: add another. */
export const migrations: readonly ((db: WriteDb) => void)[] = [workspace0001]
