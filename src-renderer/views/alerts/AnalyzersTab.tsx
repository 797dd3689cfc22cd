import { useState } from 'react'
import { Play } from '@blueprintjs/icons'
import type { AnalyzerInfo } from '#contract/analyzers'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { useDatasets } from '../../backend/useDatasets.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { nameInFolder } from '../../ui/folderOf.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { AnalyzerForm } from './AnalyzerForm.tsx'
import type { FormValues } from './configFields.ts'

/** All analyzers: what each looks for, what it needs, its settings for the next run, and a run over the hunt or one dataset. */
export function AnalyzersTab({ hunt }: { hunt: string }) {
  const { data, error, refetch } = useCall('analyzers.list', {})
  const { data: stats } = useCall('alerts.stats', { huntId: hunt })
  const { data: datasets } = useDatasets(hunt, 'ready')
  const run = useCommand('analyzers.run')
  const [scope, setScope] = useState('')
  const [off, setOff] = useState<ReadonlySet<string>>(new Set())
  const [config, setConfig] = useState<Readonly<Record<string, FormValues>>>({})
  if (error) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={12} />

  const chosen = data.analyzers.filter(({ name }) => !off.has(name))
  const target = datasets?.datasets.find(({ id }) => id === scope)
  const rows = target?.rows ?? datasets?.datasets.reduce((sum, dataset) => sum + dataset.rows, 0) ?? 0
  const start = () =>
    run.mutate({
      ...(target ? { datasetId: target.id } : { huntId: hunt }),
      analyzers: chosen.map(({ name }) => name),
      config: Object.fromEntries(chosen.flatMap(({ name }) => (config[name] ? [[name, config[name]]] : []))),
    })
  return (
    <div className="view-body analyzers">
      <div className="analyzers-bar">
        <label className="line">
          <span className="t2">Over</span>
          <select className="text-field" value={scope} onChange={(event) => setScope(event.target.value)}>
            <option value="">the whole hunt, {formatNoun(datasets?.total ?? 0, 'dataset')}</option>
            {datasets?.datasets.map(({ id, name, file }) => (
              <option key={id} value={id}>
                {nameInFolder({ name, file })}
              </option>
            ))}
          </select>
        </label>
        <span className="spring" />
        <Action
          primary
          icon={<Play size={13} />}
          disabled={chosen.length === 0 || rows === 0}
          busy={run.isPending}
          onClick={start}
        >
          Run {formatNoun(chosen.length, 'analyzer')} over {formatNoun(rows, 'row')}
        </Action>
      </div>
      <FailureLine failure={run.error} />
      {run.isSuccess && (
        <p className="t2 sm">Started; the job tray shows how far it is. Alerts that exist already stay as they are.</p>
      )}
      {data.analyzers.map((analyzer) => (
        <AnalyzerPanel
          key={analyzer.name}
          hunt={hunt}
          analyzer={analyzer}
          alerts={stats?.analyzerCounts[analyzer.name] ?? 0}
          on={!off.has(analyzer.name)}
          onToggle={() =>
            setOff(
              new Set(
                off.has(analyzer.name) ? [...off].filter((name) => name !== analyzer.name) : [...off, analyzer.name],
              ),
            )
          }
          values={config[analyzer.name] ?? {}}
          onValues={(values) => setConfig({ ...config, [analyzer.name]: values })}
        />
      ))}
    </div>
  )
}

type AnalyzerPanelProps = {
  hunt: string
  analyzer: AnalyzerInfo
  alerts: number
  on: boolean
  onToggle: () => void
  values: FormValues
  onValues: (values: FormValues) => void
}

function AnalyzerPanel({ hunt, analyzer, alerts, on, onToggle, values, onValues }: AnalyzerPanelProps) {
  const changed = Object.keys(values).length
  return (
    <section className="panel analyzer" aria-label={analyzer.title}>
      <div className="panel-head">
        <label className="line">
          <input type="checkbox" checked={on} onChange={onToggle} />
          <h2>{analyzer.title}</h2>
        </label>
        <span className="t3 sm mono">{analyzer.name}</span>
        <span className="spring" />
        {alerts > 0 && (
          <a className="sm" href={`#${link.alerts(hunt, { analyzer: analyzer.name })}`}>
            {formatNoun(alerts, 'alert')}
          </a>
        )}
      </div>
      <div className="panel-body padded">
        <p className="t2 analyzer-text">{analyzer.description}</p>
        <p className="t3 sm analyzer-needs">
          Needs one of{' '}
          {analyzer.needs.map((field) => (
            <code key={field}>{field}</code>
          ))}
        </p>
        <p className="analyzer-techniques">
          {analyzer.mitreTechniques.slice(0, 14).map((id) => (
            <TechniqueChip key={id} id={id} />
          ))}
          {analyzer.mitreTechniques.length > 14 && (
            <span className="t3 sm">and {formatCount(analyzer.mitreTechniques.length - 14)} more</span>
          )}
        </p>
        <details>
          <summary>Settings for the next run{changed > 0 ? `, ${formatCount(changed)} changed` : ''}</summary>
          <AnalyzerForm analyzer={analyzer} values={values} onValues={onValues} />
        </details>
      </div>
    </section>
  )
}
