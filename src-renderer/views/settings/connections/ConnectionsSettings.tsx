import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { ConnectionEditor } from './ConnectionEditor.tsx'
import { draftOf, newDraft } from './connectionDrafts.ts'
import './connections.css'

/** Connections at the left, the opened one at the right. */
export function ConnectionsSettings({ opened }: { opened: string | null }) {
  const { data, error, refetch } = useCall('connections.list', {})
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const { connections, keyRing } = data
  const shown = opened === 'new' ? null : (connections.find(({ id }) => id === opened) ?? connections[0] ?? null)
  if (opened !== 'new' && shown === null)
    return (
      <EmptyState
        title="No connections yet"
        action={
          <Action primary href={link.connections('new')}>
            Add a connection
          </Action>
        }
      >
        A connection leads to a ClickHouse server with the tables of a JA4 pipeline. The SOC console reads from it.
      </EmptyState>
    )
  return (
    <div className="settings-parts">
      <nav className="settings-list" aria-label="Connections" data-region="Connections">
        <ul>
          {connections.map(({ id, name, url, user, password }) => (
            <li key={id}>
              <a href={`#${link.connections(id)}`} aria-current={id === shown?.id ? 'true' : undefined}>
                <span className="clip med">{name}</span>
                <span className="clip t3 sm">
                  {user} · {new URL(url).host}
                </span>
                {password === 'missing' && <span className="warn sm">Password not known any more</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <ConnectionEditor
        key={shown?.id ?? 'new'}
        saved={shown}
        initial={shown ? draftOf(shown) : newDraft}
        keyRing={keyRing}
      />
    </div>
  )
}
