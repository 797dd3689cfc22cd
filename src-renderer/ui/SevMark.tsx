import { severities } from '#contract/values'
import type { Severity } from '#contract/values'
import { capitalised } from './capitalised.ts'

const bars = [0, 1, 2, 3]
const filled = (severity: Severity) => severities.length - 1 - severities.indexOf(severity)

/** Severity: filled bars (critical 4 .. info 0) and the word. `word` false only where a column or label says it. */
export function SevMark({ severity, word = true }: { severity: Severity; word?: boolean }) {
  const count = filled(severity)
  const name = capitalised(severity)
  return (
    <span className={`sev sev-${severity}`}>
      <svg
        width="14"
        height="12"
        viewBox="0 0 14 12"
        role={word ? undefined : 'img'}
        aria-hidden={word}
        aria-label={word ? undefined : name}
      >
        {bars.map((bar) => (
          <rect
            key={bar}
            className={bar < count ? 'sev-bar-on' : 'sev-bar-off'}
            x={bar * 3.6 + 0.4}
            y={8.6 - bar * 2.8}
            width="2.4"
            height={3 + bar * 2.8}
            rx=".6"
          />
        ))}
      </svg>
      {word && <span className="sev-word">{name}</span>}
    </span>
  )
}
