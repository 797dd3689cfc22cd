import type { MapColour, MapIcon } from '#contract/values'
import type { SceneEdge } from './scene.ts'

/** The colours of the page as a canvas and a file need them: values, not names of tokens. */
export type Palette = {
  text: string
  text2: string
  surface: string
  line: string
  lineStrong: string
  accent: string
  alert: string
  stroke(icon: MapIcon, colour: MapColour): string
  fill(icon: MapIcon, colour: MapColour): string
  /** Of links, groups and notes. */
  tone(colour: MapColour): string
  soft(colour: MapColour): string
}

const tones: Record<Exclude<MapColour, 'neutral'>, string> = {
  red: 'sev-critical',
  orange: 'sev-high',
  yellow: 'sev-medium',
  green: 'ok',
  blue: 'accent',
  violet: 'ent-user',
}
const softs: Record<Exclude<MapColour, 'neutral'>, string> = {
  red: 'sev-critical-soft',
  orange: 'sev-high-soft',
  yellow: 'sev-medium-soft',
  green: 'ok-soft',
  blue: 'accent-soft',
  violet: 'ent-user-soft',
}
/** Icons without an entity colour of their own. */
const like: Partial<Record<MapIcon, string>> = { server: 'host', router: 'host', cloud: 'host', attacker: 'process' }

/** Reads the tokens in force; to be asked again when the theme changes. */
export function paletteOf(root: Element): Palette {
  const style = getComputedStyle(root)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim() || '#888888'
  const tone = (colour: MapColour): string => token(colour === 'neutral' ? 'text-3' : tones[colour])
  const soft = (colour: MapColour): string => token(colour === 'neutral' ? 'raised' : softs[colour])
  return {
    ...{ text: token('text'), text2: token('text-2'), surface: token('surface'), line: token('line') },
    ...{ lineStrong: token('line-strong'), accent: token('accent'), alert: token('sev-high') },
    stroke: (icon, colour) => (colour === 'neutral' ? token(`ent-${like[icon] ?? icon}`) : tone(colour)),
    fill: (icon, colour) => (colour === 'neutral' ? token(`ent-${like[icon] ?? icon}-soft`) : soft(colour)),
    tone,
    soft,
  }
}

/** Of an edge: those with an alert first, then strong ones, before all others. */
export const strokeOf = (
  { alert, colour, strong }: Pick<SceneEdge, 'alert' | 'colour' | 'strong'>,
  palette: Palette,
): string => (alert ? palette.alert : colour === 'neutral' && !strong ? palette.lineStrong : palette.tone(colour))
