import type { Pap, Tlp } from '#contract/values'

const colourOf = (level: Tlp | Pap): string => `var(--tlp-${level.startsWith('AMBER') ? 'amber' : level.toLowerCase()})`

const Tag = ({ word, level, title }: { word: 'TLP' | 'PAP'; level: Tlp | Pap; title: string }) => (
  <span className="tlp mono" style={{ color: colourOf(level), borderColor: colourOf(level) }} title={title}>
    {word}:{level}
  </span>
)

const tlpSays: Record<Tlp, string> = {
  RED: 'For the named recipients only',
  'AMBER+STRICT': 'Limited to the organisation',
  AMBER: 'Limited to the organisation and its clients',
  GREEN: 'Limited to the community',
  CLEAR: 'May be told to anybody',
}
const papSays: Record<Pap, string> = {
  RED: 'Nothing that the adversary could notice',
  AMBER: 'Passive checks only',
  GREEN: 'Active actions are allowed',
  CLEAR: 'No restriction on what is done with it',
}

/** The marking of TLP 2.0, always as FIRST writes it, on black, with its word. */
export const TlpTag = ({ tlp }: { tlp: Tlp }) => <Tag word="TLP" level={tlp} title={tlpSays[tlp]} />
/** What may be done with it. */
export const PapTag = ({ pap }: { pap: Pap }) => <Tag word="PAP" level={pap} title={papSays[pap]} />
