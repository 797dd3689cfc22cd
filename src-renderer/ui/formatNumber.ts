const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const decimals = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }))

const trueMinus = (text: string) => text.replace(/^-/, '−')

/** `1,284,300`; with a true minus. */
export const formatCount = (value: number): string => trueMinus(whole.format(value))

/** `4.52`: at most `digits` (0–3) behind the point. */
export const formatNumber = (value: number, digits = 2): string =>
  trueMinus((decimals[Math.min(3, Math.max(0, digits))] ?? whole).format(value))

/** `4.50`: always `digits` behind the point, so that figures below each other can be compared. */
export const formatFixed = (value: number, digits: number): string =>
  trueMinus(value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }))

/** `1 row`, `6,366 rows`: the number with its noun. */
export const formatNoun = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** `1.2 MB`, in steps of 1,000 as disks count. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${formatNumber(value, unit === 0 || Math.abs(value) >= 100 ? 0 : 1)} ${units[unit]}`
}

/** `1.2 MB, 1,234,567 bytes`; small ones once: `178 bytes`. */
export const formatExactBytes = (bytes: number): string =>
  bytes < 1000 ? formatNoun(bytes, 'byte') : `${formatBytes(bytes)}, ${formatNoun(bytes, 'byte')}`

/** `71 %` */
export const formatPercent = (share: number): string => `${formatNumber(share * 100, 0)} %`

const steps = [
  { unit: 'y', seconds: 31_556_952 },
  { unit: 'm', seconds: 2_629_746 },
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
]

/** `0.4 s`, `9 s`, `3 min`, `1 h 10 min`, `4 y 2 m`: the two largest units. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${formatNumber(Math.max(0, seconds), 1)} s`
  const first = steps.findIndex((step) => seconds >= step.seconds)
  const big = steps[first]
  const small = steps[first + 1]
  if (!big) return `${formatNumber(seconds, 0)} s`
  const count = Math.floor(seconds / big.seconds)
  if (!small || small.unit === 's') return `${count} ${big.unit}`
  const rest = Math.floor((seconds - count * big.seconds) / small.seconds)
  return rest === 0 ? `${count} ${big.unit}` : `${count} ${big.unit} ${rest} ${small.unit}`
}
