import type { Alert } from '#contract/alerts'
import { severities, type Severity } from '#contract/values'

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [720, 180, 44, 34]
const BARS_MAX = 60
/** Printed on white; ordered by lightness as well, for those who do not see the colours. */
const COLOURS: Record<Severity, string> = {
  critical: '#a3122a',
  high: '#d9690f',
  medium: '#e0b62c',
  low: '#6fa3d8',
  info: '#b8c0c8',
}
const STEPS_MS = [1, 5, 15, 60, 360, 1_440, 10_080, 43_200].map((minutes) => minutes * 60_000)

/** Alerts over time by severity as an SVG of its own, and what it shows in words; null without times. */
export function severityChart(
  alerts: readonly Pick<Alert, 'firstTime' | 'severity'>[],
): { svg: string; says: string } | null {
  const timed = alerts.flatMap(({ firstTime, severity }) =>
    firstTime === null ? [] : [{ at: Date.parse(firstTime), severity }],
  )
  if (timed.length === 0) return null
  const [first, last] = timed.reduce(
    ([low, high], { at }) => [Math.min(low, at), Math.max(high, at)],
    [Infinity, -Infinity],
  )
  const most = (last - first) / BARS_MAX
  const step = STEPS_MS.find((one) => one > most) ?? Math.ceil(most)
  const begin = Math.floor(first / step) * step
  const count = Math.min(BARS_MAX + 1, Math.floor((last - begin) / step) + 1)
  const bars = Array.from({ length: count }, () => new Map<Severity, number>())
  for (const { at, severity } of timed) {
    const bar = bars[Math.min(count - 1, Math.floor((at - begin) / step))]
    bar?.set(severity, (bar.get(severity) ?? 0) + 1)
  }
  const tallest = Math.max(...bars.map((bar) => [...bar.values()].reduce((sum, n) => sum + n, 0)))
  const [plotWidth, plotHeight] = [WIDTH - LEFT - 8, HEIGHT - BOTTOM - 10]
  const slot = plotWidth / count
  const width = Math.max(2, Math.min(48, slot - 2))
  const shapes = bars.flatMap((bar, n) => {
    let y = HEIGHT - BOTTOM
    return severities.flatMap((severity) => {
      const here = bar.get(severity) ?? 0
      if (here === 0) return []
      const height = (here / tallest) * plotHeight
      y -= height
      const x = LEFT + n * slot + (slot - width) / 2
      return [
        `<rect x="${fix(x)}" y="${fix(y)}" width="${fix(width)}" height="${fix(height)}" fill="${COLOURS[severity]}" stroke="#333333" stroke-width="0.5"/>`,
      ]
    })
  })
  const label = (x: number, y: number, text: string, anchor: string): string =>
    `<text x="${fix(x)}" y="${fix(y)}" font-family="Roboto, sans-serif" font-size="10" fill="#333333" text-anchor="${anchor}">${text}</text>`
  const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const legend = severities
    .filter((severity) => timed.some((one) => one.severity === severity))
    .map(
      (severity, n) =>
        `<rect x="${LEFT + n * 84}" y="${HEIGHT - 12}" width="9" height="9" fill="${COLOURS[severity]}" stroke="#333333" stroke-width="0.5"/>${label(LEFT + n * 84 + 13, HEIGHT - 4, severity, 'start')}`,
    )
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<line x1="${LEFT}" y1="${HEIGHT - BOTTOM}" x2="${WIDTH - 8}" y2="${HEIGHT - BOTTOM}" stroke="#333333" stroke-width="1"/>`,
    label(LEFT - 6, 18, String(tallest), 'end'),
    label(LEFT - 6, HEIGHT - BOTTOM, '0', 'end'),
    label(LEFT, HEIGHT - BOTTOM + 13, iso(begin), 'start'),
    label(WIDTH - 8, HEIGHT - BOTTOM + 13, iso(begin + count * step), 'end'),
    ...shapes,
    ...legend,
    '</svg>',
  ].join('')
  const spoken = severities.flatMap((severity) => {
    const n = timed.filter((one) => one.severity === severity).length
    return n === 0 ? [] : [`${n} ${severity}`]
  })
  return {
    svg,
    says: `Alerts by first time, ${iso(first)} to ${iso(last)}: ${spoken.join(', ')}; a bar is ${spanText(step)}`,
  }
}

/** A width of bars in words. */
function spanText(ms: number): string {
  const minutes = ms / 60_000
  const [n, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 1_440 ? [minutes / 60, 'hour'] : [minutes / 1_440, 'day']
  return `${Math.round(n)} ${unit}${n === 1 ? '' : 's'}`
}

const fix = (value: number): string => String(Math.round(value * 100) / 100)
