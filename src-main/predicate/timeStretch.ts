/** Lengths, in seconds, at which a time axis reads well: seconds, minutes, hours, days, 30 days, years. */
const STRETCHES = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  1_209_600, 2_592_000, 7_776_000, 15_552_000, 31_536_000, 315_360_000,
]

/** The shortest readable stretch with which `span` seconds need at most `most` buckets. */
export function stretch(span: number, most: number): number {
  return STRETCHES.find((seconds) => span / seconds <= most) ?? Math.ceil(span / most)
}
