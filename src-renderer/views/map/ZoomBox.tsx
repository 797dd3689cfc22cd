import { ZoomIn, ZoomOut, ZoomToFit } from '@blueprintjs/icons'
import { Action } from '../../ui/Action.tsx'
import { formatPercent } from '../../ui/formatNumber.ts'

const STEP = 1.25

export const ZoomBox = ({
  zoom,
  onZoom,
  onFit,
}: {
  zoom: number
  onZoom: (factor: number) => void
  onFit: () => void
}) => (
  <div className="zoom-box" role="group" aria-label="Zoom">
    <Action quiet icon={<ZoomOut size={14} />} label="Zoom out (-)" onClick={() => onZoom(1 / STEP)} />
    <span className="figure t2 sm zoom-value">{formatPercent(zoom)}</span>
    <Action quiet icon={<ZoomIn size={14} />} label="Zoom in (+)" onClick={() => onZoom(STEP)} />
    <Action quiet icon={<ZoomToFit size={14} />} label="Show the whole map (0)" onClick={onFit} />
  </div>
)
