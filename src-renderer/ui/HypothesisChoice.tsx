import type { HypothesisStatus } from '#contract/values'
import { ChoiceList } from './ChoiceList.tsx'

type HypothesisChoiceProps = {
  hypotheses: readonly { id: string; title: string; status: HypothesisStatus }[]
  onChoose: (id: string) => void
  /** Makes one with this title. */
  onNew: (title: string) => void
  onClose: () => void
}

/** Ids of hypotheses do not begin like this. */
const NEW = 'new:'

/** Chooses the hypothesis that rows speak for, or makes one of what was typed. */
export const HypothesisChoice = ({ hypotheses, onChoose, onNew, onClose }: HypothesisChoiceProps) => (
  <ChoiceList
    label="Hypothesis"
    placeholder="Find or name a hypothesis"
    items={hypotheses.map(({ id, title, status }) => ({ id, label: title, note: status }))}
    own={(text) => ({ id: `${NEW}${text}`, label: `New: ${text}` })}
    none="Type what is supposed: a new hypothesis is made of it."
    onChoose={(id) => (id.startsWith(NEW) ? onNew(id.slice(NEW.length)) : onChoose(id))}
    onClose={onClose}
  />
)
