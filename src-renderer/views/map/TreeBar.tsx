import { useEffect, useEffectEvent, useRef } from 'react'
import { CollapseAll, ExpandAll, Search } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { useDraft } from '../../ui/useDraft.ts'
import { setProcessParams, type ProcessParams } from './processParams.ts'

/** While somebody types the tree waits. */
const TYPING_MS = 250

type TreeBarProps = {
  tree: Output<'processes.tree'>
  params: ProcessParams
  partial: number
  onAll: (closed: boolean) => void
  onLeave: () => void
}

/** What the tree is narrowed to, and how much of the host that is. */
export function TreeBar({ tree, params, partial, onAll, onLeave }: TreeBarProps) {
  const { q, marked, from, to } = params
  const draft = useDraft(q, (next) => setProcessParams({ q: next }))
  const input = useRef<HTMLInputElement>(null)
  const { text } = draft
  const keep = useEffectEvent(() => draft.keep())
  useEffect(() => {
    const timer = setTimeout(keep, TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  useCommands([
    { id: 'map.filter', title: 'Filter processes', group: 'Map', keys: '/', run: () => input.current?.focus() },
  ])
  const known = tree.all - tree.ghosts
  const filtered = q !== '' || marked || from !== null || to !== null
  return (
    <div className="tree-bar">
      <label className="tree-find">
        <Search size={13} />
        <input
          ref={input}
          aria-label="Filter processes"
          placeholder="Name, command line, user or PID"
          value={text}
          maxLength={500}
          onChange={(event) => draft.type(event.target.value)}
          onBlur={draft.keep}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') draft.type('')
            else if (event.key === 'Enter' || event.key === 'Escape') {
              draft.keep()
              onLeave()
            } else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      </label>
      <button
        type="button"
        className="map-chip"
        aria-pressed={marked}
        onClick={() => setProcessParams({ marked: marked ? null : 1 })}
      >
        Only with alerts
      </button>
      <span className="t2 sm clip tree-count" role="status">
        {filtered
          ? `${formatCount(tree.matches)} of ${formatNoun(tree.all, 'process', 'processes')} match`
          : `${formatNoun(known, 'process', 'processes')}${tree.ghosts === 0 ? '' : `, ${formatNoun(tree.ghosts, 'parent')} not in the evidence`}`}
        {partial > 0 && ` · ${formatNoun(partial, 'row')} left out: there are too many`}
        {tree.alertRowsLeft > 0 && ' · only the worst 50,000 rows of alerts are marked'}
      </span>
      <span className="spring" />
      <Action quiet icon={<ExpandAll size={13} />} label="Open all branches" onClick={() => onAll(false)} />
      <Action quiet icon={<CollapseAll size={13} />} label="Close all branches" onClick={() => onAll(true)} />
    </div>
  )
}
