import { useState } from 'react'
import { Import } from '@blueprintjs/icons'
import { AppError } from '#contract/appError'
import type { Output } from '#contract/contract'
import { useBackend } from '../../backend/BackendContext.ts'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { chooseFiles } from '../../state/chooseFiles.ts'
import { Action } from '../../ui/Action.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** Takes the techniques of an ATT&CK Navigator layer into the case. */
export function ImportLayer({ caseId }: { caseId: string }) {
  const backend = useBackend()
  const take = useCommand('attack.importLayer')
  const [done, setDone] = useState<Output<'attack.importLayer'> | null>(null)
  const [failure, setFailure] = useState<AppError | null>(null)
  const run = async () => {
    const [file] = await chooseFiles()
    if (!file) return
    setFailure(null)
    setDone(null)
    try {
      const ticket = await backend.offerFile(file.file, file.path)
      setDone(await take.mutateAsync({ caseId, ticket }))
    } catch (error) {
      setFailure(error instanceof AppError ? error : new AppError('internal', String(error)))
    }
  }
  return (
    <div className="line case-import-layer">
      <Action icon={<Import size={13} />} busy={take.isPending} onClick={() => void run()}>
        Take in a Navigator layer
      </Action>
      {done ? (
        <span className="t2 sm" role="status">
          {formatNoun(done.added, 'technique')} added, {done.known} known
          {done.wrong.length > 0 && `; ${formatNoun(done.wrong.length, 'entry', 'entries')} left out: no technique`}
        </span>
      ) : (
        <span className="t2 sm">Its techniques then belong to the case, each with its comment.</span>
      )}
      <FailureLine failure={failure} />
    </div>
  )
}
