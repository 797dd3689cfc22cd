import { useEffect, useEffectEvent, useState } from 'react'
import { FolderOpen } from '@blueprintjs/icons'
import { AppError } from '#contract/appError'
import type { CaseFileInspection } from '#contract/caseFiles'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import type { PendingFile } from '../../state/pendingFiles.ts'
import { FailureState } from '../../backend/FailureState.tsx'
import { chooseFiles } from '../../state/chooseFiles.ts'
import { link } from '../../state/places.ts'
import { setParams } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { takeCaseFile } from '../../state/pendingCaseFile.ts'
import { ContentsPanel } from './ContentsPanel.tsx'
import { UnlockPanel } from './UnlockPanel.tsx'

export type CaseKey = { passphrase?: string; identity?: string }

const failureOf = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('internal', String(error))

/** A case file somebody sent: what is in it, whether it is whole, what importing it would do. */
export function OpenTab({ ticket }: { ticket: string | null }) {
  const backend = useBackend()
  const { data: told, error } = useCall('caseFiles.inspect', ticket === null ? null : { ticket })
  const [unlocked, setUnlocked] = useState<{ ticket: string; key: CaseKey; inspection: CaseFileInspection } | null>(
    null,
  )
  const [failure, setFailure] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)

  const working = <T,>(work: Promise<T>, done: (answer: T) => void): void => {
    setBusy(true)
    setFailure(null)
    work.then(done, (reason: unknown) => setFailure(failureOf(reason))).finally(() => setBusy(false))
  }
  // Not through the cache of answers: a passphrase must not stay in it.
  const unlock = (which: string, key: CaseKey): void =>
    working(backend.call('caseFiles.inspect', { ticket: which, ...key }), (inspection) =>
      setUnlocked({ ticket: which, key, inspection }),
    )
  const offer = ({ file, path }: PendingFile): void =>
    working(backend.offerFile(file, path), (offered) => setParams({ ticket: offered }))
  const offerDropped = useEffectEvent(offer)
  useEffect(() => takeCaseFile((file) => offerDropped(file)), [])

  const choose = (primary: boolean) => (
    <Action
      primary={primary}
      icon={<FolderOpen size={13} />}
      onClick={() => void chooseFiles().then(([file]) => file && offer(file))}
    >
      Choose a case file
    </Action>
  )
  const wrong = error ?? failure
  const opened = unlocked !== null && unlocked.ticket === ticket ? unlocked : null
  const inspection = opened?.inspection ?? told
  if (ticket === null || error !== null)
    return wrong !== null && !busy ? (
      <FailureState failure={wrong} action={choose(true)} />
    ) : busy ? (
      <Skeleton rows={6} />
    ) : (
      <EmptyState title="Open a case file" action={choose(true)}>
        A colleague sent a .huntcase file: drop it on the window, or choose it. You see what is in it before anything is
        imported.
      </EmptyState>
    )
  if (!inspection) return <Skeleton rows={6} />
  return (
    <div className="view-body case-file">
      {inspection.contents === null ? (
        <UnlockPanel
          key={ticket}
          inspection={inspection}
          busy={busy}
          failure={failure}
          onUnlock={(key) => unlock(ticket, key)}
        />
      ) : (
        <ContentsPanel
          key={ticket}
          ticket={ticket}
          secret={opened?.key ?? {}}
          inspection={inspection}
          contents={inspection.contents}
        />
      )}
      <div className="line case-file-other">
        {choose(false)}
        <a className="t2 sm" href={`#${link.hunts()}`}>
          All hunts
        </a>
      </div>
    </div>
  )
}
