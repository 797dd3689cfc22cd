import { useId, useState } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'

/** Techniques or hypotheses offered while one types. */
const OFFERED = 20

/** Adds one indicator, technique or hypothesis to the case by typing it. */
export function AddLink({ id, kind }: { id: string; kind: 'ioc' | 'technique' | 'hypothesis' }) {
  const [text, setText] = useState('')
  const [nothing, setNothing] = useState(false)
  const backend = useBackend()
  const add = useCommand('cases.link')
  const list = useId()
  const asked = text.trim()
  const techniques = useCall(
    'attack.techniques',
    kind === 'technique' && asked !== '' ? { text: asked, limit: OFFERED } : null,
  )
  const hypotheses = useCall('hypotheses.list', kind === 'hypothesis' ? { text: asked, limit: OFFERED } : null)
  const offered =
    kind === 'technique'
      ? (techniques.data?.techniques ?? []).map((one) => ({ target: one.id, text: `${one.id} ${one.name}` }))
      : (hypotheses.data?.hypotheses ?? []).map((one) => ({ target: one.id, text: one.title }))
  /** Enter may come before what is offered: what was typed is then asked for once more. */
  const targetOf = async (): Promise<string | undefined> => {
    if (kind === 'ioc') return asked
    const chosen = offered.find((one) => one.text === asked || one.target === asked.toUpperCase())
    if (chosen) return chosen.target
    if (kind === 'technique')
      return (await backend.call('attack.techniques', { text: asked, limit: 1 })).techniques[0]?.id
    return (await backend.call('hypotheses.list', { text: asked, limit: 1 })).hypotheses[0]?.id
  }
  const put = async () => {
    if (asked === '') return
    setNothing(false)
    const target = await targetOf().catch(() => undefined)
    if (target === undefined) return setNothing(true)
    add.mutate({ id, links: [{ kind, target }] }, { onSuccess: () => setText('') })
  }
  const says = {
    ioc: { label: 'Indicator', hint: 'Address, domain, URL, hash, mail or JA4', button: 'Add IOC' },
    technique: { label: 'Technique', hint: 'T1059 or words of its name', button: 'Add technique' },
    hypothesis: { label: 'Hypothesis', hint: 'Words of its title', button: 'Add hypothesis' },
  }[kind]
  return (
    <form
      className="case-add"
      onSubmit={(event) => {
        event.preventDefault()
        void put()
      }}
    >
      <input
        className="text-field"
        aria-label={says.label}
        placeholder={says.hint}
        maxLength={2_000}
        list={kind === 'ioc' ? undefined : list}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {kind !== 'ioc' && (
        <datalist id={list}>
          {offered.map((one) => (
            <option key={one.target} value={one.text} />
          ))}
        </datalist>
      )}
      <Action type="submit" disabled={asked === ''} busy={add.isPending}>
        {says.button}
      </Action>
      {nothing && <span className="t2 sm">No {kind} has these words.</span>}
      <FailureLine failure={add.error} />
    </form>
  )
}
