import type { ReactNode } from 'react'
import { Checkbox, HTMLSelect, Switch } from '@blueprintjs/core'
import type { NoiseKind } from '#contract/values'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { formatCount, formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { change, hideParam, kindEntity, kinds, kindTitle, type CorrelateParams } from './correlateParams.ts'
import { kindTotals } from './things.ts'
import type { Answer, HuntChoice } from './useCorrelation.ts'

const noises: readonly { noise: NoiseKind; title: string; hint: string }[] = [
  { noise: 'private', title: 'Private addresses', hint: 'Private, loopback and reserved addresses' },
  {
    noise: 'well-known',
    title: 'Well-known',
    hint: 'Public resolvers and what most machines speak to, such as updates',
  },
  { noise: 'allow-list', title: 'Allow lists', hint: 'What stands on an allow list of this workspace' },
  { noise: 'everywhere', title: 'In every one', hint: 'In each of three or more that are compared' },
]
const DATASETS = [2, 3, 5, 10]
const ROWS = [2, 10, 100, 1_000]

type ScopeRailProps = {
  params: CorrelateParams
  all: readonly HuntChoice[]
  chosen: readonly HuntChoice[]
  answer?: Answer | undefined
  /** false: only the hunts. */
  noise?: boolean
}

/** What is compared, what is left out as noise and how much that is, and what is shown. */
export function ScopeRail({ params, all, chosen, answer, noise = true }: ScopeRailProps) {
  return (
    <aside className="scope" aria-label="What is compared" data-region="What is compared">
      <HuntChoices all={all} chosen={chosen} />
      {noise && <NoiseSwitches params={params} answer={answer} />}
      {noise && <KindChoices params={params} answer={answer} />}
      {noise && answer && (
        <p className="scope-part t3 sm">
          Computed over every row:{' '}
          {formatNoun(
            answer.datasets.reduce((sum, { rows }) => sum + rows, 0),
            'row',
          )}
          , {formatNoun(answer.distinct, 'distinct value')},{' '}
          {answer.milliseconds < 100 ? 'under 0.1 s' : formatDuration(answer.milliseconds / 1000)}.
        </p>
      )}
    </aside>
  )
}

function Part({ title, right, children }: { title: string; right?: ReactNode; children: ReactNode }) {
  return (
    <section className="scope-part" aria-label={title}>
      <div className="scope-head">
        <h2>{title}</h2>
        <span className="spring" />
        <span className="t3 sm">{right}</span>
      </div>
      {children}
    </section>
  )
}

function HuntChoices({ all, chosen }: Pick<ScopeRailProps, 'all' | 'chosen'>) {
  const ids = chosen.map(({ id }) => id)
  const choose = (next: readonly string[]) =>
    change({ hunts: next.length === all.length ? null : next.join(',') || 'none', sel: null })
  return (
    <Part title="Hunts" right={`${formatCount(chosen.length)} of ${formatCount(all.length)}`}>
      <div className="scope-hunts">
        {all.map(({ id, name, rows }) => (
          <Checkbox
            key={id}
            className="scope-line"
            checked={ids.includes(id)}
            onChange={() => choose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id])}
          >
            <span className="clip grow" title={name}>
              {name}
            </span>
            <span className="num t3">
              {formatCount(rows)}
              <span className="visually-hidden"> rows</span>
            </span>
          </Checkbox>
        ))}
      </div>
      {all.length > 2 && (
        <div className="line scope-all">
          <button type="button" className="link-button sm" onClick={() => choose(all.map(({ id }) => id))}>
            All
          </button>
          <button type="button" className="link-button sm" onClick={() => choose([])}>
            None
          </button>
        </div>
      )}
    </Part>
  )
}

function NoiseSwitches({ params, answer }: Pick<ScopeRailProps, 'params' | 'answer'>) {
  const counted = new Map(answer?.hidden.byNoise.map(({ noise, count }) => [noise, count]))
  const rare = counted.get('rare') ?? 0
  const { hide, maxDatasets, maxRows } = params
  const toggle = (noise: NoiseKind) =>
    change({ hide: hideParam(hide.includes(noise) ? hide.filter((one) => one !== noise) : [...hide, noise]) })
  return (
    <Part
      title="Leave out noise"
      right={answer && answer.hidden.total > 0 ? `${formatCount(answer.hidden.total)} hidden` : ''}
    >
      {noises.map(({ noise, title, hint }) => (
        <Switch
          key={noise}
          className="scope-line"
          checked={hide.includes(noise)}
          title={hint}
          onChange={() => toggle(noise)}
        >
          <span className="clip">{title}</span>
          <span className="num t3">{answer ? formatCount(counted.get(noise) ?? 0) : ''}</span>
        </Switch>
      ))}
      <div className="scope-rare">
        <label className="sm t2" htmlFor="rare-datasets">
          In at most
        </label>
        <HTMLSelect
          id="rare-datasets"
          value={maxDatasets ?? ''}
          onChange={(event) => change({ datasets: event.target.value })}
          options={[{ value: '', label: 'any number' }, ...DATASETS.map((n) => ({ value: n, label: `${n} datasets` }))]}
        />
        <label className="sm t2" htmlFor="rare-rows">
          At most
        </label>
        <HTMLSelect
          id="rare-rows"
          value={maxRows ?? ''}
          onChange={(event) => change({ rows: event.target.value })}
          options={[
            { value: '', label: 'any number' },
            ...ROWS.map((n) => ({ value: n, label: `${formatCount(n)} times` })),
          ]}
        />
      </div>
      {(maxDatasets !== null || maxRows !== null) && (
        <p className="t3 sm">{formatNoun(rare, 'thing is', 'things are')} more frequent and hidden.</p>
      )}
    </Part>
  )
}

function KindChoices({ params, answer }: Pick<ScopeRailProps, 'params' | 'answer'>) {
  const totals = answer ? kindTotals(answer) : null
  const { kind: only, without } = params
  return (
    <Part
      title="Show"
      right={
        only !== null && (
          <button type="button" className="link-button sm" onClick={() => change({ kind: null })}>
            All kinds
          </button>
        )
      }
    >
      {kinds.map((kind) => {
        const entity = kindEntity(kind)
        return (
          <Checkbox
            key={kind}
            className="scope-line"
            checked={only === null ? !without.includes(kind) : only === kind}
            onChange={() =>
              only === null
                ? change({
                    without: (without.includes(kind) ? without.filter((one) => one !== kind) : [...without, kind]).join(
                      ',',
                    ),
                  })
                : change({ kind: only === kind ? null : kind })
            }
          >
            {entity && <EntityMark type={entity} size={12} />}
            <span className="clip grow">{kindTitle[kind]}</span>
            <span className="num t3">{totals ? formatCount(totals[kind]) : ''}</span>
          </Checkbox>
        )
      })}
    </Part>
  )
}
