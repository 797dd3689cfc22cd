import { Cross } from '@blueprintjs/icons'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { linkOf } from './linkOf.ts'
import { CaseSources } from './CaseSources.tsx'

/** Lists answer at most so many; more are said. */
const MOST = 500

/** The rows that belong to a case by themselves, and the files everything in it stands on. */
export function EvidenceTab({ id }: { id: string }) {
  const { data, error, refetch } = useCall('cases.links', { id, kind: 'row', limit: MOST })
  const add = useCommand('cases.link')
  const remove = useCommand('cases.unlink')
  const undo = useUndo()
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={12} />
  return (
    <div className="case-scroll case-evidence">
      <section aria-label="Rows">
        <div className="line">
          <h3>Rows</h3>
          <span className="t3 sm">
            {data.links.length === data.total
              ? formatNoun(data.total, 'row')
              : `${formatCount(data.links.length)} of ${formatNoun(data.total, 'row')} shown`}
          </span>
        </div>
        {data.total === 0 ? (
          <p className="t2">
            No single rows. Those of the alerts belong to the case with their alert. To add others, select them in
            Evidence and press C.
          </p>
        ) : (
          <ul className="case-rows">
            {data.links.map((item) => {
              const [ds = '', row = ''] = item.target.split('/')
              const written = linkOf(item)
              return (
                <li key={item.target} className="line">
                  {item.found && item.huntId !== null ? (
                    <a className="nowrap" href={`#${link.rows(item.huntId, { ds, row })}`}>
                      {item.label}
                    </a>
                  ) : (
                    <span className="t3 nowrap">Row is not in this workspace</span>
                  )}
                  <span className="t3 sm nowrap">{item.field}</span>
                  <span className="mono clip grow">
                    <CellText text={item.value} />
                  </span>
                  <span className="t2 sm clip">{item.note}</span>
                  <Action
                    quiet
                    icon={<Cross size={12} />}
                    label={`Take ${item.label} out of the case`}
                    onClick={() =>
                      written &&
                      remove.mutate(
                        { id, links: [written] },
                        {
                          onSuccess: () =>
                            undo.offer(`${item.label} taken out of the case`, () =>
                              add.mutate({ id, links: [written] }),
                            ),
                        },
                      )
                    }
                  />
                </li>
              )
            })}
          </ul>
        )}
      </section>
      <CaseSources id={id} />
    </div>
  )
}
