import type { MapIcon } from '#contract/values'

/** Corners of the shape of an icon in a box from -1 to 1; 'round': an ellipse, 'soft': a box with round corners. */
export type Shape = 'round' | 'soft' | readonly number[]

const ring = (corners: number, turn = 0, inner = 1): number[] =>
  Array.from({ length: corners }, (_, n) => {
    const angle = (n / corners) * 2 * Math.PI + turn
    const far = n % 2 === 0 ? 1 : inner
    return [Math.sin(angle) * far, -Math.cos(angle) * far]
  }).flat()

/** The same shapes as EntityMark, and some more that only a drawing has. */
export const shapes: Record<MapIcon, Shape> = {
  address: 'round',
  host: 'soft',
  domain: [0, -1, 1, 0, 0, 1, -1, 0],
  url: [0, -0.9, 1, 0.85, -1, 0.85],
  user: [-0.5, -0.9, 0.5, -0.9, 1, 0, 0.5, 0.9, -0.5, 0.9, -1, 0],
  process: [-0.95, -0.85, 0.35, -0.85, 1, 0, 0.35, 0.85, -0.95, 0.85],
  file: [-0.75, -1, 0.3, -1, 0.75, -0.5, 0.75, 1, -0.75, 1],
  hash: [
    -0.3, -1, 0.3, -1, 0.3, -0.3, 1, -0.3, 1, 0.3, 0.3, 0.3, 0.3, 1, -0.3, 1, -0.3, 0.3, -1, 0.3, -1, -0.3, -0.3, -0.3,
  ],
  email: [-1, -0.7, 1, -0.7, 1, 0.7, -1, 0.7],
  ja4: ring(6),
  server: [-0.7, -1, 0.7, -1, 0.7, 1, -0.7, 1],
  router: ring(8, Math.PI / 8),
  attacker: ring(10, 0, 0.5),
  cloud: [-1, 0.2, -0.75, -0.35, -0.3, -0.45, 0, -0.8, 0.5, -0.7, 0.7, -0.25, 1, 0.1, 0.85, 0.6, -0.75, 0.6],
}
