import { Flag, Help, TickCircle, WarningSign } from '@blueprintjs/icons'
import type { JSX } from 'react'
import type { Verdict } from '#contract/values'

const SIZE = 12
const icons: Record<Verdict, JSX.Element> = {
  malicious: <Flag size={SIZE} />,
  suspicious: <WarningSign size={SIZE} />,
  unknown: <Help size={SIZE} />,
  clean: <TickCircle size={SIZE} />,
}

/** What lists say of an indicator: a shape of its own, the colour and the word. `word` false: the word is its name for those who hear it. */
export function VerdictMark({ verdict, word = true }: { verdict: Verdict; word?: boolean }) {
  return (
    <span
      className={`verdict verdict-${verdict}`}
      {...(word ? {} : { role: 'img', 'aria-label': verdict, title: `Listed as ${verdict}` })}
    >
      <span aria-hidden className="verdict-icon">
        {icons[verdict]}
      </span>
      {word && verdict}
    </span>
  )
}
