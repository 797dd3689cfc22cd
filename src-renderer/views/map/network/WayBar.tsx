import { HTMLSelect } from '@blueprintjs/core'
import { Cross } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { Action } from '../../../ui/Action.tsx'
import { CellText } from '../../../grid/CellText.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'
import { edgeText } from './networkScene.ts'
import { goNetwork, setNetworkParams, type NetworkParams } from './networkParams.ts'

const DEPTHS = [1, 2, 3, 4, 5]

type WayBarProps = {
  params: NetworkParams
  found: boolean
  paths: Output<'networkMap.path'>['paths'] | undefined
  pending: boolean
  onShow: (id: string) => void
}

/** What part of the map is on screen: what is around a node, or the ways between two. */
export function WayBar({ params, found, paths, pending, onShow }: WayBarProps) {
  const { around, depth, source, target } = params
  return (
    <div className="way-bar" data-region="Part of the map">
      {around !== null && (
        <>
          <span className="t2">Around</span>
          <span className="mono clip">
            <CellText text={nameOf(around)} />
          </span>
          <label className="line t2">
            edges away
            <HTMLSelect
              aria-label="Edges away"
              value={depth}
              options={DEPTHS}
              onChange={(event) => setNetworkParams({ depth: event.target.value })}
            />
          </label>
          {!found && <span className="tone-warn">It is not among the rows that match.</span>}
          <Action
            quiet
            icon={<Cross size={13} />}
            label="Show the whole network"
            onClick={() => goNetwork({ around: null, depth: null })}
          />
        </>
      )}
      {source !== null && (
        <>
          <span className="t2">Path from</span>
          <EndField key={`s${source}`} label="Path from" value={source} param="source" />
          <span className="t2">to</span>
          <EndField key={`t${target}`} label="Path to" value={target ?? ''} param="target" />
          {target !== null && target !== '' && !pending && paths?.length === 0 && (
            <span className="tone-warn">No way between them in the rows that match.</span>
          )}
          <span className="ways">
            {paths?.map((path) => (
              <span key={path.nodes.map(({ id }) => id).join('\n')} className="way">
                <span className="t3 sm">{formatNoun(path.edges.length, 'edge')}: </span>
                {path.nodes.map((node, n) => (
                  <span key={node.id}>
                    {n > 0 && <span className="t3 sm"> {path.edges[n - 1]?.from === node.id ? '←' : '→'} </span>}
                    <button
                      type="button"
                      className="link-button mono"
                      title={n > 0 && path.edges[n - 1] ? edgeText(path.edges[n - 1] ?? { count: 0, bytes: null }) : ''}
                      onClick={() => onShow(node.id)}
                    >
                      <CellText text={node.label} />
                    </button>
                  </span>
                ))}
              </span>
            ))}
          </span>
          <Action
            quiet
            icon={<Cross size={13} />}
            label="Close the path"
            onClick={() => goNetwork({ source: null, target: null })}
          />
        </>
      )}
    </div>
  )
}

/** Without its type, as a person says it. */
const nameOf = (id: string): string => id.replace(/^(host|address|domain|url|user|process):/, '')

function EndField({ label, value, param }: { label: string; value: string; param: 'source' | 'target' }) {
  const draft = useDraft(nameOf(value), (text) => goNetwork({ [param]: text, focus: null }))
  return (
    <input
      className="text-field way-end mono"
      aria-label={label}
      placeholder="Name or address"
      autoFocus={value === ''}
      value={draft.text}
      onChange={(event) => draft.type(event.target.value)}
      onBlur={draft.keep}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        draft.keep()
      }}
    />
  )
}
