import { link } from '../../state/places.ts'
import { useSoc } from './soc.ts'

/** Says that nothing may be written over this connection, and where that is changed; nothing where it may. */
export function WritingBarred({ what }: { what: string }) {
  const { connection } = useSoc()
  if (connection.allowWrite) return null
  return (
    <p className="t2 sm soc-barred">
      {what} is written to the server, which this connection does not allow.{' '}
      <a href={`#${link.connections(connection.id)}`}>Settings of {connection.name}</a>
    </p>
  )
}
