import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { VerdictMark } from '../../../ui/VerdictMark.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { ImportList } from './ImportList.tsx'
import { ListDetail } from './ListDetail.tsx'

/** Lists of indicators at the left, the opened one or the import at the right. */
export function ListsTab({ opened }: { opened: string | null }) {
  const { data, error, refetch } = useCall('intel.list', { limit: 500 })
  useCommands([
    {
      id: 'lists.new',
      title: 'Import a list of indicators',
      group: 'Evidence',
      keys: 'n',
      opensField: true,
      run: () => navigate(link.lists('new')),
    },
  ])
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={14} />
  const importing = opened === 'new'
  const shown = importing ? null : (opened ?? data.lists[0]?.id ?? null)
  return (
    <div className="correlate">
      <nav className="scope" aria-label="Indicator lists" data-region="Indicator lists">
        <p className="scope-part t3 sm">
          {formatNoun(data.total, 'list')}, {formatNoun(data.indicators, 'indicator')} in those that are on
        </p>
        <ul className="list-items">
          {data.lists.map((list) => (
            <li key={list.id}>
              <a
                href={`#${link.lists(list.id)}`}
                className={list.enabled ? undefined : 'list-off'}
                aria-current={list.id === shown ? 'true' : undefined}
              >
                <span className="grow clip">
                  <span className="thing-hunt clip" title={list.name}>
                    {list.name}
                  </span>
                  <span className="t3 sm clip thing-place">
                    {list.enabled ? '' : 'off · '}
                    {list.purpose === 'allow' ? (
                      'allow list'
                    ) : (
                      <VerdictMark verdict={list.byVerdict[0]?.verdict ?? list.verdict} />
                    )}
                  </span>
                </span>
                <span className="num t2">
                  {formatCount(list.indicators)}
                  <span className="visually-hidden"> indicators</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {importing ? (
        <ImportList replaces={null} />
      ) : shown === null ? (
        <EmptyState
          title="No indicator lists yet"
          action={
            <Action primary href={link.lists('new')}>
              Import a list
            </Action>
          }
        >
          A list says which addresses, domains, URLs and hashes are malicious, suspicious or clean. It marks them
          wherever they show, and can make alerts of them. Nothing is looked up on a network.
        </EmptyState>
      ) : (
        <ListDetail key={shown} id={shown} />
      )}
    </div>
  )
}
