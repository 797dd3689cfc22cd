import type { Output } from '#contract/contract'

export type Technique = Output<'hunts.overview'>['techniques'][number]

/** The tactics of ATT&CK for enterprises in the order of an attack, by short name. */
const order = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
]

const NONE = 'without a tactic'
const place = (tactic: string) => (order.includes(tactic) ? order.indexOf(tactic) : order.length)

/** Techniques under each of their tactics, most rows first. Most techniques serve several tactics and stand in each. */
export function byTactic(techniques: readonly Technique[]): { tactic: string; techniques: Technique[] }[] {
  const groups = new Map<string, Technique[]>()
  for (const technique of techniques) {
    for (const tactic of technique.tactics.length > 0 ? technique.tactics : [NONE]) {
      groups.set(tactic, [...(groups.get(tactic) ?? []), technique])
    }
  }
  return [...groups]
    .map(([tactic, inside]) => ({
      tactic,
      techniques: inside.sort((a, b) => b.rows - a.rows || a.id.localeCompare(b.id)),
    }))
    .sort((a, b) => place(a.tactic) - place(b.tactic))
}

/** 1..5 on the blue ramp, by the logarithm of the rows. */
export const heat = (rows: number, most: number): number =>
  most <= 1 ? 3 : 1 + Math.round((Math.log(Math.max(1, rows)) / Math.log(most)) * 4)
