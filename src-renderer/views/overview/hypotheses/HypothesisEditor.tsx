import { Trash } from '@blueprintjs/icons'
import type { Hypothesis } from '#contract/hypotheses'
import { hypothesisStatuses } from '#contract/values'
import { AddToCase } from '../../../backend/AddToCase.tsx'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Time } from '../../../ui/Time.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { useDraft } from '../../../ui/useDraft.ts'
import { HypothesisEvidenceList } from './HypothesisEvidenceList.tsx'
import { TechniquePicker } from './TechniquePicker.tsx'

const words = { draft: 'Draft', active: 'Active', confirmed: 'Confirmed', rejected: 'Rejected' } as const

/** One hypothesis: what is supposed, what became of it, and the rows it stands on. Fields are kept as they are left. */
export function HypothesisEditor({ hunt, hypothesis }: { hunt: string; hypothesis: Hypothesis }) {
  const { id, status, author, createdAt, updatedAt, decidedAt } = hypothesis
  const update = useCommand('hypotheses.update')
  const remove = useCommand('hypotheses.delete')
  const restore = useCommand('hypotheses.restore')
  const undo = useUndo()
  const title = useDraft(hypothesis.title, (next) => {
    // A hypothesis has a title: an emptied field shows the old one again.
    if (next !== '') update.mutate({ id, title: next })
  })
  const text = useDraft(hypothesis.text, (next) => update.mutate({ id, text: next }))
  const reason = useDraft(hypothesis.reason, (next) => update.mutate({ id, reason: next }))
  const decided = status === 'confirmed' || status === 'rejected'

  const setStatus = (to: Hypothesis['status']) =>
    update.mutate(
      { id, status: to },
      {
        onSuccess: () => undo.offer(`${words[to]}: ${hypothesis.title}`, () => update.mutate({ id, status })),
      },
    )
  const drop = () =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          navigate(link.hypotheses(hunt), { replace: true })
          undo.offer(`Hypothesis “${hypothesis.title}” deleted`, () =>
            restore.mutate({ id }, { onSuccess: () => navigate(link.hypotheses(hunt, id)) }),
          )
        },
      },
    )
  useCommands(
    hypothesisStatuses.map((one) => ({
      id: `hypothesis.${one}`,
      title: `Set the hypothesis to ${one}`,
      group: 'Hunt' as const,
      when: () => status !== one,
      run: () => setStatus(one),
    })),
  )
  return (
    <section className="hypothesis form-parts" aria-label="Hypothesis" data-region="Hypothesis">
      <div className="hypothesis-head">
        <input
          className="text-field hypothesis-title"
          aria-label="Title of the hypothesis"
          maxLength={200}
          value={title.text}
          onChange={({ target }) => title.type(target.value)}
          onBlur={() => (title.text.trim() === '' ? title.drop() : title.keep())}
          onKeyDown={(event) => event.key === 'Enter' && title.keep()}
        />
        <AddToCase
          id="hypothesis.case"
          title="Add the hypothesis to a case"
          group="Hunt"
          keys="c"
          label="Add the hypothesis to a case"
          added={() => ({ links: [{ kind: 'hypothesis', target: id }] })}
          said={hypothesis.title}
        />
        <Action quiet icon={<Trash size={13} />} label="Delete the hypothesis" onClick={drop} />
      </div>
      <div className="hypothesis-state">
        <Segmented
          label="Status"
          value={status}
          options={hypothesisStatuses.map((value) => ({ value, label: words[value] }))}
          onChange={setStatus}
        />
        <TechniquePicker
          id={hypothesis.mitreTechnique}
          onChange={(mitreTechnique) => update.mutate({ id, mitreTechnique })}
        />
      </div>
      {decided && (
        <FormField label={`Why ${status}, if it needs saying`}>
          {(named) => (
            <input
              {...named}
              className="text-field"
              maxLength={2_000}
              value={reason.text}
              onChange={({ target }) => reason.type(target.value)}
              onBlur={reason.keep}
              onKeyDown={(event) => event.key === 'Enter' && reason.keep()}
            />
          )}
        </FormField>
      )}
      <FormField label="What is supposed, and how it is looked into">
        {(named) => (
          <textarea
            {...named}
            className="text-field"
            rows={5}
            maxLength={20_000}
            value={text.text}
            onChange={({ target }) => text.type(target.value)}
            onBlur={text.keep}
          />
        )}
      </FormField>
      <FailureLine failure={update.error ?? remove.error} />
      <HypothesisEvidenceList hunt={hunt} hypothesis={hypothesis} />
      <p className="t3 sm">
        Written{author === '' ? '' : ` by ${author}`} <Time iso={createdAt} second />
        {updatedAt !== createdAt && (
          <>
            , changed <Time iso={updatedAt} second />
          </>
        )}
        {decidedAt !== null && (
          <>
            , {status} <Time iso={decidedAt} second />
          </>
        )}
      </p>
    </section>
  )
}
