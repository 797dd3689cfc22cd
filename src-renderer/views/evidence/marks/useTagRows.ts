import type { RowTag } from '#contract/values'
import { useCommand } from '../../../backend/query.ts'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import type { Choice } from './rowChoice.ts'
import { tagWord } from './rowTagText.ts'

/** Tags rows, says how many, and offers to take it back. `say`: where nothing was changed or it failed. */
export function useTagRows(say: (text: string) => void) {
  const undo = useUndo()
  const tagRows = useCommand('rows.tag')
  const undoTag = useCommand('rows.undoTag')
  return {
    busy: tagRows.isPending,
    tag: (choice: Choice, tag: RowTag | null) =>
      tagRows.mutate(
        { ...choice, tag },
        {
          onSuccess: ({ rows, changed, byAnnotation, changeId }) => {
            const still = byAnnotation > 0 ? `; ${formatCount(byAnnotation)} keep the tag of a note` : ''
            if (changeId === null)
              return say(
                tag === null
                  ? `None of ${formatNoun(rows, 'row')} had a tag of its own${still}`
                  : `${formatNoun(rows, 'row')} ${rows === 1 ? 'was' : 'were'} tagged ${tagWord(tag)} before`,
              )
            const done =
              tag === null
                ? `Tag taken off ${formatNoun(changed, 'row')}${still}`
                : `${formatNoun(rows, 'row')} tagged ${tagWord(tag)}`
            undo.offer(done, () => undoTag.mutate({ id: changeId }, { onError: (error) => say(error.message) }))
          },
          onError: (error) => say(error.message),
        },
      ),
  }
}
