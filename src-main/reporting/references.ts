import type { Reference, Resolved } from '#contract/cases'

/** What a reference of a note means, in words. */
export function reference({ kind, target }: Reference, known: Readonly<Record<string, Resolved>>): string {
  const place = known[`${kind}:${target}`]
  const word = kind === 'ioc' ? 'IOC' : kind
  if (!place || !place.found) return `${word} ${target} (not in this workspace)`
  const name = kind === 'technique' && place.label !== target ? `${target} ${place.label}` : place.label
  return `${word === 'row' ? '' : `${word} `}${name}${place.state === null ? '' : `, ${place.state}`}`
}
