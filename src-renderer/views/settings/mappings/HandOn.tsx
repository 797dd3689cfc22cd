import { Export, Import } from '@blueprintjs/icons'
import { AppError } from '#contract/appError'
import type { Output } from '#contract/contract'
import { useBackend } from '../../../backend/BackendContext.ts'
import { useCall, useCommand } from '../../../backend/query.ts'
import { chooseFiles } from '../../../state/chooseFiles.ts'
import { rememberExport } from '../../../state/ownExports.ts'
import { Action } from '../../../ui/Action.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'

/** What became of the mappings of a file. */
export const takenText = ({ added, replaced, known, kept, wrong }: Output<'mappings.import'>): string =>
  [
    added === 0 ? 'No mapping added' : `${formatNoun(added, 'mapping')} added`,
    replaced > 0 ? `${replaced} replaced` : '',
    known > 0 ? `${known} known already` : '',
    kept.length > 0 ? `${kept.length} left out: the same headers have a mapping already` : '',
    wrong.length > 0 ? `${wrong.length} left out: ${wrong[0]?.name ?? ''}: ${wrong[0]?.reason ?? ''}` : '',
  ]
    .filter(Boolean)
    .join(', ')

/** All mappings as a file for a colleague, and those of a colleague's file. */
export function HandOn({ onFailure }: { onFailure: (failure: AppError | null) => void }) {
  const backend = useBackend()
  const undo = useUndo()
  const { data } = useCall('mappings.list', { limit: 1 })
  const write = useCommand('mappings.export')
  const take = useCommand('mappings.import')
  const read = async (given?: File, replace = false) => {
    const file = given ?? (await chooseFiles())[0]?.file
    if (!file) return
    onFailure(null)
    try {
      const taken = await take.mutateAsync({ ticket: await backend.offerFile(file, file.name), replace })
      const again = { text: 'Replace', onClick: () => void read(file, true) }
      undo.tell(takenText(taken), taken.kept.length > 0 ? again : undefined)
    } catch (error) {
      onFailure(error instanceof AppError ? error : new AppError('internal', String(error)))
    }
  }
  return (
    <>
      {data && data.total > 0 && (
        <Action
          icon={<Export size={13} />}
          busy={write.isPending}
          title="As a JSON file for a colleague"
          onClick={() => write.mutate({}, { onSuccess: ({ jobId }) => rememberExport(jobId), onError: onFailure })}
        >
          Export {formatNoun(data.total, 'mapping')}
        </Action>
      )}
      <Action
        icon={<Import size={13} />}
        busy={take.isPending}
        title="From the JSON file of a colleague"
        onClick={() => void read()}
      >
        Import mappings
      </Action>
    </>
  )
}
