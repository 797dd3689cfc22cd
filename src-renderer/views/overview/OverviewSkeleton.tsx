import { Skeleton } from '../../ui/Skeleton.tsx'

/** The shape of the overview while it is first read, so that nothing jumps. */
export const OverviewSkeleton = () => (
  <div className="view-body" aria-busy>
    <div className="overview">
      <div className="figures" />
      <div className="panel" />
      <div className="overview-columns">
        {[0, 1, 2].map((column) => (
          <div key={column} className="panel">
            <div className="panel-head" />
            <Skeleton rows={8} />
          </div>
        ))}
      </div>
      <div className="panel" style={{ height: 118 }} />
    </div>
  </div>
)
