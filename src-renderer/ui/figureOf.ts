import { formatCount, formatNumber } from './formatNumber.ts'

/** A number with as many digits as tell something: `1,234`, `12.5`, `0.031`, `1.2e−4`. */
export function figureOf(value: number): string {
  if (Number.isInteger(value)) return formatCount(value)
  const size = Math.abs(value)
  if (size < 0.001) return value.toExponential(1).replaceAll('-', '−')
  return formatNumber(value, size < 1 ? 3 : size < 100 ? 2 : 1)
}
