/** Grey rows for a first load only; later loads keep the old content. */
export const Skeleton = ({ rows = 6, height = 28 }: { rows?: number; height?: number }) => (
  <div className="skeleton" aria-hidden>
    {Array.from({ length: rows }, (_, index) => (
      <div key={index} className="skeleton-row" style={{ height }}>
        <span style={{ width: `${[62, 48, 71, 55, 40, 66][index % 6] ?? 50}%` }} />
      </div>
    ))}
  </div>
)
