import { writeFile } from '../exporter/writeFile.ts'
import { layerOf, type LayerTechnique } from './navigator.ts'

export type LayerRequest = {
  name: string
  description: string
  attack: string
  techniques: readonly LayerTechnique[]
  target: { path: string; replace: boolean }
}

/** Writes an ATT&CK Navigator layer. Answers its bytes. */
export function writeLayer({ name, description, attack, techniques, target }: LayerRequest): number {
  return writeFile(target.path, target.replace, [
    `${JSON.stringify(layerOf(name, description, attack, techniques), null, 2)}\n`,
  ])
}
