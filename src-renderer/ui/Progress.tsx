/** A thin bar; `share` 0..1, null while unknown (then it only says that work goes on). */
export const Progress = ({ share, label, width }: { share: number | null; label: string; width?: number }) => (
  <span
    className={share === null ? 'progress unknown' : 'progress'}
    style={width === undefined ? undefined : { width }}
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={share === null ? undefined : Math.round(share * 100)}
  >
    <span style={share === null ? undefined : { width: `${Math.min(100, share * 100)}%` }} />
  </span>
)
