/** The step of a count on the ramp of five: by order of magnitude. */
export const heatOf = (count: number): number => (count <= 0 ? 0 : Math.min(5, String(Math.floor(count)).length))
