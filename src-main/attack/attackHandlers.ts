import type { AttackTechnique } from '#contract/attack'
import type { HandlersOf } from '../rpc/handlers.ts'
import { layerHandlers, type LayerDeps } from './layerHandlers.ts'
import type { Techniques } from './techniques.ts'

/** The ATT&CK knowledge that ships with the program. */
export function attackHandlers(deps: LayerDeps & { techniques: Techniques }): HandlersOf<'attack'> {
  const { techniques } = deps
  return {
    ...layerHandlers(deps),
    'attack.techniques': ({ text, tactic, limit, offset }) => {
      const wanted = tactic === undefined ? null : shortName(tactic)
      const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
      const found = techniques.all
        .filter(({ tactics }) => wanted === null || tactics.includes(wanted))
        .flatMap((technique) => {
          const distance = distanceOf(technique, words)
          return distance === null ? [] : [{ technique, distance }]
        })
        .sort((a, b) => a.distance - b.distance || a.technique.id.localeCompare(b.technique.id))
      return {
        techniques: found.slice(offset, offset + limit).map(({ technique }) => technique),
        total: found.length,
      }
    },
  }
}

/** "Credential Access" is credential-access. */
const shortName = (tactic: string): string => tactic.trim().toLowerCase().replaceAll(/\s+/g, '-')

/** How far a technique is from what was typed: its id, its name, what it belongs to; null: some word occurs nowhere. */
function distanceOf({ id, name, tactics, parent }: AttackTechnique, words: readonly string[]): number | null {
  const own = name.toLowerCase()
  const around = [parent?.name ?? '', ...tactics].join(' ').toLowerCase().replaceAll('-', ' ')
  let distance = 0
  for (const word of words) {
    const at = own.indexOf(word)
    if (id.toLowerCase() === word) continue
    else if (id.toLowerCase().startsWith(word)) distance += 1
    else if (at === 0 || own[at - 1] === ' ') distance += 2
    else if (at > 0) distance += 3
    else if (around.includes(word.replaceAll('-', ' '))) distance += 6
    else return null
  }
  return distance
}
