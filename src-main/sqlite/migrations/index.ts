import type { WriteDb } from '../db.ts'
import { workspace0001 } from './0001Workspace.ts'
import { readings0002 } from './0002Readings.ts'
import { sourceMember0003 } from './0003SourceMember.ts'
import { rules0004 } from './0004Rules.ts'
import { sourceBlocks0005 } from './0005SourceBlocks.ts'
import { searches0006 } from './0006Searches.ts'
import { keywords0007 } from './0007Keywords.ts'
import { notifications0008 } from './0008Notifications.ts'
import { annotations0009 } from './0009Annotations.ts'
import { hypotheses0010 } from './0010Hypotheses.ts'
import { intel0011 } from './0011Intel.ts'
import { alertChanges0012 } from './0012AlertChanges.ts'
import { cases0013 } from './0013Cases.ts'
import { connections0014 } from './0014Connections.ts'
import { fieldStamps0015 } from './0015FieldStamps.ts'
import { maps0016 } from './0016Maps.ts'
import { origins0017 } from './0017Origins.ts'
import { copies0018 } from './0018Copies.ts'
import { caseStamps0019 } from './0019CaseStamps.ts'
import { detectorRuns0020 } from './0020DetectorRuns.ts'
import { deletions0021 } from './0021Deletions.ts'
import { channelSeverities0022 } from './0022ChannelSeverities.ts'
import { sharedRuns0023 } from './0023SharedRuns.ts'
import { alertParts0024 } from './0024AlertParts.ts'
import { mappings0025 } from './0025Mappings.ts'

/** In order; the position of a migration is the version it brings the workspace to. Never edit one that was released: add another. */
export const migrations: readonly ((db: WriteDb) => void)[] = [
  workspace0001,
  readings0002,
  sourceMember0003,
  rules0004,
  sourceBlocks0005,
  searches0006,
  keywords0007,
  notifications0008,
  annotations0009,
  hypotheses0010,
  intel0011,
  alertChanges0012,
  cases0013,
  connections0014,
  fieldStamps0015,
  maps0016,
  origins0017,
  copies0018,
  caseStamps0019,
  detectorRuns0020,
  deletions0021,
  channelSeverities0022,
  sharedRuns0023,
  alertParts0024,
  mappings0025,
]
