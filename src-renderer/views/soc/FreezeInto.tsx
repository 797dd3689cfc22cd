import { useState } from 'react'
import { Snowflake } from '@blueprintjs/icons'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'
import { Layer } from '../../ui/Layer.tsx'
import { useSoc } from './soc.ts'
import type { PanelParams } from './usePanel.ts'

type FreezeIntoProps = {
  panel: string
  part: string
  params?: PanelParams | undefined
  /** What is frozen, for its button: "Detections". */
  name: string
  /** The button says so in words. */
  words?: boolean
  disabled?: boolean
}

/** Ids of hunts do not begin like this. */
const NEW = 'new:'
const HUNTS = 500

/** The dataset in the result of the job. */
function datasetIn(result: unknown): { id: string; rows: number } | null {
  const list: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, 'datasets') : null
  const first: unknown = Array.isArray(list) ? list[0] : null
  if (typeof first !== 'object' || first === null) return null
  const [id, rows]: unknown[] = [Reflect.get(first, 'id'), Reflect.get(first, 'rows')]
  return typeof id === 'string' && typeof rows === 'number' ? { id, rows } : null
}

/** Keeps all rows of a part in a hunt: chooses the hunt or makes one, then leads to the dataset. */
export function FreezeInto({ panel, part, params, name, words = false, disabled = false }: FreezeIntoProps) {
  const { connection, range } = useSoc()
  const [open, setOpen] = useState(false)
  const [started, setStarted] = useState<{ id: string; hunt: string } | null>(null)
  const { data } = useCall('hunts.list', open ? { limit: HUNTS } : null)
  const { data: job } = useCall('jobs.get', started ? { id: started.id } : null)
  const create = useCommand('hunts.create')
  const freeze = useCommand('soc.freeze')
  const run = (huntId: string): void => {
    const { limit: _limit, offset: _offset, ...rest } = params ?? {}
    freeze.mutate(
      { connection: connection.id, panel, part, params: rest, ...range, huntId },
      { onSuccess: ({ jobId }) => setStarted({ id: jobId, hunt: huntId }) },
    )
  }
  const choose = (id: string): void => {
    setOpen(false)
    setStarted(null)
    if (!id.startsWith(NEW)) run(id)
    else create.mutate({ name: id.slice(NEW.length) }, { onSuccess: (hunt) => run(hunt.id) })
  }
  const ended = started !== null && job?.id === started.id && job.finishedAt !== null ? job : null
  const dataset = ended?.state === 'succeeded' ? datasetIn(ended.result) : null
  const failure = create.error?.message ?? freeze.error?.message ?? ended?.failure?.message
  const busy = create.isPending || freeze.isPending || (started !== null && ended === null)
  return (
    <>
      {dataset && started && (
        <a className="sm nowrap" role="status" href={`#${link.rows(started.hunt, { ds: dataset.id })}`}>
          {formatNoun(dataset.rows, 'row')} kept
        </a>
      )}
      {failure !== undefined && (
        <span className="bad sm clip" role="status" title={failure}>
          {failure}
        </span>
      )}
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        disabled={disabled || busy}
        content={
          <ChoiceList
            label="Hunt"
            placeholder="Find or name a hunt"
            items={(data?.hunts ?? []).map(({ id, name: title, status }) => ({ id, label: title, note: status }))}
            own={(text) => ({ id: `${NEW}${text}`, label: `New hunt: ${text}` })}
            none="Type a name: a new hunt is made of it."
            onChoose={choose}
            onClose={() => setOpen(false)}
          />
        }
      >
        <Action
          quiet
          icon={<Snowflake size={12} />}
          disabled={disabled}
          busy={busy}
          {...(words
            ? { title: 'All rows, as the filters say, become a dataset of a hunt with their question' }
            : { label: `Freeze ${name} into a hunt` })}
        >
          {words ? 'Freeze into a hunt' : undefined}
        </Action>
      </Layer>
    </>
  )
}
