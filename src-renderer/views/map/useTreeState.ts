import { useReducer } from 'react'

type TreeState = {
  /** The process that is open, as this tree knows it. */
  chosen: string | null
  /** Whose line is asked for: it changes with the lines, not with every step of the cursor. */
  focus: string | null
  /** Branches that stand the other way round than all, for trees that begin closed or open. */
  closed: boolean
  toggled: readonly string[]
}
type Step =
  | { do: 'choose'; id: string }
  | { do: 'follow'; id: string | null }
  | { do: 'toggle'; id: string; closed: boolean }
  | { do: 'all'; closed: boolean }

function stepped(state: TreeState, step: Step): TreeState {
  if (step.do === 'choose') return { ...state, chosen: step.id }
  if (step.do === 'follow') return { ...state, chosen: step.id, focus: step.id }
  const focus = state.chosen
  if (step.do === 'all') return { ...state, focus, closed: step.closed, toggled: [] }
  const { id, closed } = step
  const before = state.closed === closed ? state.toggled : []
  const toggled = before.includes(id) ? before.filter((one) => one !== id) : [...before, id]
  return { ...state, focus, closed, toggled }
}

/** Which branches are open and which process is, beside what the URL says. `pid` and `closed`: what the URL says. */
export function useTreeState(pid: string | null, closed: boolean) {
  const [state, step] = useReducer(stepped, { chosen: pid, focus: pid, closed, toggled: [] })
  if (pid !== state.chosen) step({ do: 'follow', id: pid })
  return { focus: state.focus, except: state.closed === closed ? state.toggled : [], step }
}
