/** Milliseconds since 1970 UTC as the contract writes a time. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

/** A time so many microseconds later (or, below 0, earlier), to the microsecond. */
export function shiftTime(iso: string, micros: number): string {
  const finer = Number((/\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? '').padEnd(3, '0'))
  const us = Date.parse(iso.replace(/(\.\d{3})\d+/, '$1')) * 1000 + finer + micros
  const ms = Math.floor(us / 1000)
  const rest = us - ms * 1000
  return rest === 0 ? isoTime(ms) : isoTime(ms).replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
