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
import { MappingTable } from './MappingTable.tsx'
import { PreviewFacts, ProfileNote } from './PreviewFacts.tsx'
import { RememberedNote } from './RememberedNote.tsx'

type FilePreviewProps = {
  pending: PendingFile
  dialect: Dialect
  ticketOf: (file: PendingFile) => Promise<string>
  onDialect: (dialect: Dialect) => void
  onPreview: (preview: Preview | null) => void
  /** The list of waiting files, above the controls. */
  list: ReactNode
}

/** One file as an import would take it: how it is read at the left, what comes out at the right. */
export function FilePreview({ pending, dialect, ticketOf, onDialect, onPreview, list }: FilePreviewProps) {
  const [ticket, setTicket] = useState<string | null>(null)
  const [refused, setRefused] = useState<AppError | null>(null)
  useEffect(() => {
    let here = true
    ticketOf(pending).then(
      (next) => here && setTicket(next),
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
  }, [pending, ticketOf])
  const { data, error, isPlaceholderData } = useCall(
    'datasets.preview',
    ticket === null ? null : { ticket, ...(Object.keys(dialect).length > 0 ? { dialect } : {}) },
  )
  const failure = refused ?? error
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
        {preview && <ProfileNote preview={preview} />}
        {preview && <RememberedNote preview={preview} dialect={dialect} onChange={onDialect} />}
        {(preview || failure) && <DialectForm dialect={dialect} preview={preview} onChange={onDialect} />}
        {preview && <PreviewFacts preview={preview} />}
        {!preview && !failure && (
          <div>
            <p className="t2 sm">{ticket === null ? 'Handing the file over' : 'Reading the beginning'}</p>
            <Progress share={null} label="Reading the file" />
          </div>
        )}
      </div>
      <div className={isPlaceholderData ? 'import-right view-dim' : 'import-right'}>
        {failure ? (
          <FailureState failure={failure} />
        ) : preview ? (
          <>
            <MappingTable
              preview={preview}
              onFields={(column, fields) => onDialect({ ...dialect, fields: { ...dialect.fields, [column]: fields } })}
            />
            <FirstRows preview={preview} />
          </>
        ) : (
          <Skeleton rows={14} />
        )}
      </div>
    </div>
  )
}
