const PADDING_PX = 18
const FIT_MAX = 900

/** The width, in px, at which the header and these texts are shown whole; at most 900. */
export function fitWidth(texts: readonly string[], font: string): number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return 140
  context.font = font
  const widest = texts.reduce((most, text) => Math.max(most, context.measureText(text.slice(0, 400)).width), 24)
  return Math.min(FIT_MAX, Math.ceil(widest) + PADDING_PX)
}
