import type { Classification } from '#contract/values'

/** What may be said of an address, with the key that says it. The last two are the words of older consoles. */
export const verdicts: readonly { id: Classification; name: string; key: string }[] = [
  { id: 'true_positive', name: 'True positive', key: 't' },
  { id: 'false_positive', name: 'False positive', key: 'f' },
  { id: 'suspicious', name: 'Suspicious', key: 's' },
  { id: 'bot', name: 'Known bot', key: 'b' },
  { id: 'legitimate', name: 'Legitimate', key: 'l' },
]

/** Words of others that a server has are shown as they are. */
export const verdictName = (id: string): string => verdicts.find((one) => one.id === id)?.name ?? id
