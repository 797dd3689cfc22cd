import { formatSecond, formatTime, formatTimeBare } from './formatTime.ts'
import { useZone } from './appearance.ts'

/** A time as text. `bare`: the column or axis says the zone. `second`: without fractions. Null is blank. */
export function Time({ iso, bare = false, second = false }: { iso: string | null; bare?: boolean; second?: boolean }) {
  const zone = useZone()
  if (iso === null) return null
  const source = second ? iso.replace(/\.\d+/, '') : iso
  return (
    <time className="num" dateTime={iso} title={formatTime(iso, zone)}>
      {bare ? formatTimeBare(source, zone) : second ? formatSecond(iso, zone) : formatTime(iso, zone)}
    </time>
  )
}
