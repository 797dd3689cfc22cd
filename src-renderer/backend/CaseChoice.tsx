import { useState } from 'react'
import { ChoiceList } from '../ui/ChoiceList.tsx'
import { FailureLine } from './FailureLine.tsx'
import { useCall, useCommand } from './query.ts'
import { caseName, type ChosenCase } from './useAddToCase.ts'

/** Cases that are offered; typing narrows them. */
const OFFERED = 12
/** Ids of cases are none of these. */
const [NEW, NONE] = ['new:', 'none']

type CaseChoiceProps = {
  /** The case it is in, null: none. Undefined: several things in several cases. Left out: no case is no choice. */
  current?: string | null | undefined
  /** null: no case. */
  onChoose: (chosen: ChosenCase | null) => void
  onClose: () => void
}

/** Chooses an open case by number or title, opens a new one of the typed title, or none. */
export function CaseChoice({ onChoose, onClose, ...of }: CaseChoiceProps) {
  const [text, setText] = useState('')
  const asked = text.trim()
  const { data } = useCall('cases.list', { text: asked, status: ['open', 'in-progress'], limit: OFFERED })
  const create = useCommand('cases.create')
  // An answer to what was typed before may still stand there.
  const offered = (data?.cases ?? []).filter((one) => caseName(one).toLowerCase().includes(asked.toLowerCase()))
  const more = data ? data.total - data.cases.length : 0
  const none = 'current' in of && of.current !== null
  const choose = (id: string) => {
    if (id === NONE) return onChoose(null)
    if (!id.startsWith(NEW)) {
      const found = offered.find((one) => one.id === id)
      return found && onChoose({ id, name: caseName(found), made: false })
    }
    create.mutate(
      { title: id.slice(NEW.length) },
      { onSuccess: (made) => onChoose({ id: made.id, name: caseName(made), made: true }) },
    )
  }
  return (
    <>
      <ChoiceList
        label="Case"
        placeholder="Find a case, or name a new one"
        items={[
          ...offered.map((one) => ({
            id: one.id,
            label: caseName(one),
            note: one.id === of.current ? 'now' : one.status,
          })),
          ...(none && asked === '' ? [{ id: NONE, label: 'No case' }] : []),
        ]}
        own={(typed) =>
          offered.some(({ title }) => title.toLowerCase() === typed.toLowerCase())
            ? null
            : { id: `${NEW}${typed}`, label: `New case: ${typed}` }
        }
        ownLast
        none="No open case yet: type a title to open one."
        onSearch={setText}
        onChoose={choose}
        onClose={onClose}
      />
      {more > 0 && <p className="t3 sm choice-none">{more} more, type to narrow.</p>}
      <FailureLine failure={create.error} />
    </>
  )
}
