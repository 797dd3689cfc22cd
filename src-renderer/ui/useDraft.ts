import { useState } from 'react'

/**
 * What stands in a text field that keeps its text elsewhere: `value` is what is kept. What is being typed is never
 * overwritten by an answer that comes late; once told with `keep`, it gives way to what is kept then.
 */
export function useDraft(value: string, onKeep: (text: string) => void) {
  const [typed, setTyped] = useState<{ text: string; told: boolean } | null>(null)
  const [before, setBefore] = useState(value)
  if (before !== value) {
    setBefore(value)
    if (typed?.told) setTyped(null)
  }
  return {
    text: typed?.text ?? value,
    type: (text: string) => setTyped({ text, told: false }),
    keep() {
      if (typed === null || typed.told) return
      const text = typed.text.trim()
      setTyped(text === value ? null : { text, told: true })
      if (text !== value) onKeep(text)
    },
    drop: () => setTyped(null),
  }
}
