import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { AppError } from '#contract/appError'
import type { Dialect, Preview } from '#contract/datasets'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import type { PendingFile } from '../../state/pendingFiles.ts'
import { Progress } from '../../ui/Progress.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatBytes, formatCount } from '../../ui/formatNumber.ts'
import { DialectForm } from './DialectForm.tsx'
import { FirstRows } from './FirstRows.tsx'
import { MappingNote } from './MappingNote.tsx'
import { MappingTable } from './MappingTable.tsx'
import { MembersNote } from './MembersNote.tsx'
import { PreviewFacts, ProfileNote } from './PreviewFacts.tsx'
import type { Tickets } from './useTickets.ts'

type FilePreviewProps = {
  pending: PendingFile
  dialect: Dialect
  tickets: Tickets
  onDialect: (dialect: Dialect) => void
  onPreview: (preview: Preview | null) => void
  /** The list of waiting files, above the controls. */
  list: ReactNode
  /** What became of files before this one, below everything about it. */
  begun: ReactNode
}

/** One file as an import would take it: how it is read at the left, what comes out at the right. */
export function FilePreview({ pending, dialect, tickets, onDialect, onPreview, list, begun }: FilePreviewProps) {
  const [whole, setWhole] = useState<string | null>(null)
  const [beginning, setBeginning] = useState<string | null>(null)
  const [refused, setRefused] = useState<AppError | null>(null)
  const [goOn, setGoOn] = useState(false)
  // The name of what is remembered changes nothing of the preview.
  const { rememberAs: _, ...asked } = dialect
  const asDetected = Object.keys(asked).length === 0
  // Both give the same preview: what is on screen is not asked for again when the rest has come.
  const early = useCall('datasets.preview', beginning !== null && asDetected ? { ticket: beginning } : null)
  useEffect(() => {
    let here = true
    // None where the file is small: then it goes as it is.
    const ahead = tickets.beginning(pending) ?? Promise.resolve(null)
    ahead.then(
      (next) => here && (next === null ? setGoOn(true) : setBeginning(next)),
      // The whole file says what is wrong.
      () => here && setGoOn(true),
    )
    return () => {
      here = false
    }
  }, [pending, tickets])
  // The rest of a large file takes all that the computer has: the first rows come before it.
  const handOver = goOn || !asDetected || early.data !== undefined || early.error !== null
  useEffect(() => {
    if (!handOver) return
    let here = true
    tickets.whole(pending).then(
      (next) => here && setWhole(next),
      (error: unknown) =>
        here &&
        setRefused(
          error instanceof AppError
            ? error
            : new AppError('unreadable-file', `${pending.path} could not be handed over.`),
        ),
    )
    return () => {
      here = false
    }
  }, [handOver, pending, tickets])
  const ahead = asDetected && early.data !== undefined
  const ticket = whole ?? beginning
  const full = useCall(
    'datasets.preview',
    ticket === null || ahead ? null : { ticket, ...(asDetected ? {} : { dialect: asked }) },
  )
  const { data = early.data, isPlaceholderData } = ahead ? early : full
  // What the beginning does not tell (the directory of an archive stands at its end), the whole file may.
  const failure = refused ?? (ahead || whole === null ? null : full.error)
  const preview = failure ? null : (data ?? null)
  useEffect(() => onPreview(isPlaceholderData ? null : preview), [onPreview, preview, isPlaceholderData])

  return (
    <div className="import-parts">
      <div className="import-left" data-region="How the file is read">
        {list}
        <div>
          <div className="med cut-start" title={pending.path}>
            <bdi dir="ltr">{pending.path}</bdi>
          </div>
          <div className="t3 sm" title={formatBytes(pending.file.size)}>
            {formatCount(pending.file.size)} bytes
          </div>
        </div>
        {preview && <MembersNote preview={preview} />}
        {preview && <ProfileNote preview={preview} />}
        {preview && <MappingNote preview={preview} />}
        {(preview || failure) && <DialectForm dialect={dialect} preview={preview} onChange={onDialect} />}
        {preview && <PreviewFacts preview={preview} />}
        {!preview && !failure && (
          <div>
            <p className="t2 sm">{whole === null ? 'Handing the file over' : 'Reading the beginning'}</p>
            <Progress share={null} label="Reading the file" />
          </div>
        )}
        {begun}
      </div>
      <div className={isPlaceholderData ? 'import-right view-dim' : 'import-right'}>
        {failure ? (
          <FailureState failure={failure} />
        ) : preview ? (
          <>
            <MappingTable preview={preview} dialect={dialect} onChange={onDialect} />
            <FirstRows preview={preview} />
          </>
        ) : (
          <Skeleton rows={14} />
        )}
      </div>
    </div>
  )
}
