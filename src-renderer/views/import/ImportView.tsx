import { useCallback, useState } from 'react'
import { Document, FolderOpen } from '@blueprintjs/icons'
import type { Dialect, Preview } from '#contract/datasets'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { chooseFiles } from '../../state/chooseFiles.ts'
import { useCommands } from '../../state/commands.ts'
import type { PendingFile } from '../../state/pendingFiles.ts'
import { usePending } from '../../state/pendingFiles.ts'
import { usePendingFiles } from '../../state/PendingFilesContext.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { FileList } from './FileList.tsx'
import { FilePreview } from './FilePreview.tsx'
import { StartedImports } from './StartedImports.tsx'
import { useTickets } from './useTickets.ts'
import './import.css'

const none: Dialect = {}

/** Files that wait for this hunt, one after the other: preview, correct, import. Or all of them as detected. */
export function ImportView({ hunt }: { hunt: string }) {
  const pending = usePendingFiles()
  const files = usePending(pending)
  const tickets = useTickets()
  const { data: huntInfo } = useCall('hunts.get', { id: hunt })
  const start = useCommand('datasets.import')
  const [at, setAt] = useState(0)
  const [done, setDone] = useState(0)
  const [dialects, setDialects] = useState<ReadonlyMap<PendingFile, Dialect>>(new Map())
  const [preview, setPreview] = useState<Preview | null>(null)
  const [jobs, setJobs] = useState<readonly string[]>([])
  const [handed, setHanded] = useState<{ done: number; of: number } | null>(null)
  const [analyze, setAnalyze] = useState<boolean | null>(null)
  const [unread, setUnread] = useState<readonly string[]>([])
  const index = Math.min(at, files.length - 1)
  const current = files[index]
  const dialectOf = (file: PendingFile): Dialect => dialects.get(file) ?? none
  const busy = start.isPending || handed !== null
  const analyzes = analyze ?? huntInfo?.analyzeOnImport ?? false

  const choose = useCallback((folder: boolean) => void chooseFiles({ folder }).then(pending.add), [pending])
  const finish = (gone: readonly PendingFile[]) => {
    pending.remove(gone)
    setDone((count) => count + gone.length)
    setPreview(null)
  }

  const importFiles = async (wanted: readonly PendingFile[]) => {
    setHanded({ done: 0, of: wanted.length })
    const offered: { ticket: string; dialect?: Dialect }[] = []
    const lost: string[] = []
    for (const [n, file] of wanted.entries()) {
      const ticket = await tickets.whole(file).catch(() => null)
      if (ticket === null) lost.push(file.path)
      else offered.push({ ticket, ...(dialects.has(file) ? { dialect: dialectOf(file) } : {}) })
      setHanded({ done: n + 1, of: wanted.length })
    }
    setHanded(null)
    setUnread(lost)
    if (offered.length === 0) return
    start.mutate(
      { huntId: hunt, files: offered, ...(analyze === null ? {} : { analyze }) },
      {
        onSuccess: ({ jobId }) => {
          setJobs((before) => [jobId, ...before])
          finish(wanted)
        },
      },
    )
  }

  useCommands([
    { id: 'import.files', title: 'Choose files to import', group: 'Evidence', run: () => choose(false) },
    { id: 'import.folder', title: 'Choose a folder to import', group: 'Evidence', run: () => choose(true) },
    {
      id: 'import.run',
      title: 'Import this file',
      group: 'Evidence',
      keys: 'ctrl+enter',
      when: () => preview !== null && !busy,
      run: () => current && void importFiles([current]),
    },
  ])

  const tables = preview?.members.length ?? 0
  const rowsText =
    tables > 1
      ? formatNoun(tables, 'table')
      : preview
        ? `${preview.complete ? '' : 'about '}${formatNoun(preview.estimatedRows, 'row')}`
        : 'file'
  const chooseButtons = (
    <>
      <Action primary={jobs.length === 0} icon={<Document size={13} />} onClick={() => choose(false)}>
        Choose files
      </Action>
      <Action icon={<FolderOpen size={13} />} onClick={() => choose(true)}>
        Choose a folder
      </Action>
    </>
  )

  return (
    <>
      <ViewBar label="Evidence" tabs={[{ id: 'import', title: 'Import', href: link.importing(hunt) }]} current="import">
        {current && (
          <>
            <label className="line sm import-analyze">
              <input type="checkbox" checked={analyzes} onChange={(event) => setAnalyze(event.target.checked)} />
              Run analyzers
            </label>
            <span className="t2 sm nowrap" role="status">
              {handed?.of === 1
                ? 'Handing the file over'
                : handed
                  ? `Handing over ${formatCount(handed.done)} of ${formatCount(handed.of)}`
                  : `${formatCount(done + index + 1)} of ${formatNoun(done + files.length, 'file')}`}
            </span>
            <Action quiet icon={<Document size={13} />} label="Choose more files" onClick={() => choose(false)} />
            <Action quiet icon={<FolderOpen size={13} />} label="Choose a folder" onClick={() => choose(true)} />
            <Action quiet disabled={busy} onClick={() => finish([current])}>
              Skip
            </Action>
            {files.length > 1 && (
              <Action
                disabled={busy}
                onClick={() => void importFiles(files)}
                title="Without looking at each: as detected, or as you set it"
              >
                Import all {formatCount(files.length)}
              </Action>
            )}
            <Action primary disabled={!preview} busy={busy} onClick={() => void importFiles([current])}>
              Import {rowsText}
            </Action>
          </>
        )}
      </ViewBar>
      {(start.error || unread.length > 0) && (
        <div className="note bad">
          {start.error ? (
            <FailureLine failure={start.error} />
          ) : (
            `${formatNoun(unread.length, 'file')} could not be read and still wait: ${unread.slice(0, 5).join(', ')}`
          )}
        </div>
      )}
      {current ? (
        <FilePreview
          key={current.path}
          pending={current}
          dialect={dialectOf(current)}
          tickets={tickets}
          onDialect={(dialect) => setDialects(new Map(dialects).set(current, dialect))}
          onPreview={setPreview}
          list={files.length > 1 && <FileList files={files} current={index} onChoose={setAt} />}
          begun={jobs.length > 0 && <StartedImports hunt={hunt} jobs={jobs} />}
        />
      ) : jobs.length > 0 ? (
        <div className="import-done">
          <h1>Import report</h1>
          <p className="t2">
            What became of each file that was handed over. A file that fails does not stop the others.
          </p>
          <StartedImports hunt={hunt} jobs={jobs} />
          <div className="line">
            <Action primary href={link.datasets(hunt)}>
              Show datasets
            </Action>
            {chooseButtons}
          </div>
        </div>
      ) : (
        <EmptyState title="Import evidence" action={chooseButtons}>
          CSV, TSV, Zeek logs and other tables, also as .gz or .zip, in any encoding. Choose files or a folder, or drop
          them anywhere on the window. A preview shows how each is read before anything is imported. The files stay
          where they are.
        </EmptyState>
      )}
    </>
  )
}
