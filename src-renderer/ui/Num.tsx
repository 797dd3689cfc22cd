import { formatBytes, formatCount } from './formatNumber.ts'

/** A count with thousands separators in tabular figures. */
export const Num = ({ value }: { value: number }) => <span className="figure">{formatCount(value)}</span>

/** A size; the exact number of bytes as tooltip. */
export const Bytes = ({ value }: { value: number }) => (
  <span className="figure" title={`${formatCount(value)} bytes`}>
    {formatBytes(value)}
  </span>
)
