import { useEffect } from 'react'
import { ArrowLeft, ArrowRight, Import } from '@blueprintjs/icons'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useDatasets } from '../../backend/useDatasets.ts'
import { useExpectCommands } from '../../state/commands.ts'
import { link, tabOf } from '../../state/places.ts'
import { remember, remembered } from '../../state/remembered.ts'
import { navigate, useRoute } from '../../state/route.ts'
import { rangeParams } from '../../state/timeRange.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { DatasetPicker } from './DatasetPicker.tsx'
import { DatasetsTab } from './DatasetsTab.tsx'
import { KeywordsTab } from './keywords/KeywordsTab.tsx'
import { ScanAction } from './keywords/ScanAction.tsx'
import { AnnotationsTab } from './marks/AnnotationsTab.tsx'
import { RowsTab } from './RowsTab.tsx'
import { datasetOfCopy } from './shownDataset.ts'
import { SearchesTab } from './SearchesTab.tsx'
import { TimelineTab } from './TimelineTab.tsx'
import { useNarrow } from '../../state/useNarrow.ts'
import './evidence.css'
import './marks/marks.css'

const tabsOfEvidence = ['rows', 'timeline', 'datasets', 'annotations', 'keywords', 'searches'] as const

/** What came in: the rows of a dataset, of all of them by time, the datasets themselves, hits of keywords, and searches that were kept. */
export function EvidenceView({ hunt }: { hunt: string }) {
  const route = useRoute()
  const narrow = useNarrow()
  const tab = tabsOfEvidence.find((name) => name === tabOf(route)) ?? 'rows'
  const { data: annotations } = useCall('annotations.list', { huntId: hunt, limit: 1 })
  const { data: list, error, refetch } = useDatasets(hunt)
  const { data: searches } = useCall('searches.list', { huntId: hunt, limit: 1 })
  useExpectCommands(!list && !error)
  const datasets = list?.datasets ?? []
  const ready = datasets.filter(({ state }) => state === 'ready')
  const asked = route.params.get('ds')
  const copy = route.params.get('copy')
  // Copies of datasets that were deleted here.
  const { data: copies } = useCall('copies.list', { huntId: hunt, limit: 500 })
  const left = copies?.copies.filter(({ gone }) => gone)
  const last = remembered(`dataset.${hunt}`)
  const current =
    asked === null ? (ready.find(({ id }) => id === last) ?? ready[0]) : datasets.find(({ id }) => id === asked)
  const openId = tab === 'rows' ? current?.id : undefined
  useEffect(() => {
    if (openId !== undefined) remember(`dataset.${hunt}`, openId)
  }, [hunt, openId])
  const range = rangeParams(hunt)
  const tabs = [
    {
      id: 'rows',
      title: 'Rows',
      href: current?.state === 'ready' ? link.rows(hunt, { ds: current.id, ...range }) : link.evidence(hunt, range),
      count: current?.state === 'ready' ? formatCount(current.rows) : undefined,
    },
    { id: 'timeline', title: 'Timeline', href: link.timeline(hunt, range) },
    { id: 'datasets', title: 'Datasets', href: link.datasets(hunt), count: list ? formatCount(list.total) : undefined },
    { id: 'keywords', title: 'Keywords', href: link.keywords(hunt) },
    {
      id: 'searches',
      title: 'Saved searches',
      href: link.searches(hunt),
      count: searches && searches.total > 0 ? formatCount(searches.total) : undefined,
    },
    {
      id: 'annotations',
      title: 'Annotations',
      href: link.annotations(hunt),
      count: annotations && formatCount(annotations.total),
    },
  ]
  const choose = (ds: string) => navigate(link.rows(hunt, { ds, ...rangeParams(hunt) }))
  return (
    <>
      <ViewBar label="Evidence" tabs={tabs} current={tab}>
        {tab === 'rows' && datasets.length > 0 && (
          <DatasetPicker datasets={datasets} current={current} onChoose={choose} />
        )}
        {(tab === 'rows' || tab === 'timeline') && (
          <>
            <Action quiet icon={<ArrowLeft size={14} />} label="Back" onClick={() => history.back()} />
            <Action quiet icon={<ArrowRight size={14} />} label="Forward" onClick={() => history.forward()} />
          </>
        )}
        {tab === 'keywords' && <ScanAction hunt={hunt} datasets={ready} />}
        {narrow ? (
          <Action quiet icon={<Import size={13} />} href={link.importing(hunt)} label="Import files" />
        ) : (
          <Action quiet icon={<Import size={13} />} href={link.importing(hunt)}>
            Import files
          </Action>
        )}
      </ViewBar>
      {error && !list ? (
        <FailureState failure={error} onRetry={refetch} />
      ) : !list ? (
        <Skeleton rows={16} />
      ) : datasets.length === 0 && !(left && (tab === 'rows' ? copy !== null : left.length > 0)) ? (
        <EmptyState
          title="No evidence yet"
          action={
            <Action primary href={link.importing(hunt)}>
              Import files
            </Action>
          }
        >
          Rows of CSV, TSV, Zeek and other tables are read here. Import files, or drop them anywhere on the window.
        </EmptyState>
      ) : tab === 'annotations' ? (
        <AnnotationsTab hunt={hunt} />
      ) : tab === 'datasets' ? (
        <DatasetsTab hunt={hunt} datasets={datasets} total={list.total} left={left ?? []} />
      ) : tab === 'keywords' ? (
        <KeywordsTab hunt={hunt} />
      ) : tab === 'searches' ? (
        <SearchesTab hunt={hunt} datasets={datasets} />
      ) : tab === 'timeline' ? (
        <TimelineTab key={hunt} hunt={hunt} datasets={datasets} />
      ) : (
        <Rows
          hunt={hunt}
          id={asked ?? current?.id ?? null}
          copy={copy}
          waiting={datasets.some(({ state }) => state === 'importing')}
          others={ready.length}
        />
      )}
    </>
  )
}

type RowsProps = { hunt: string; id: string | null; copy: string | null; waiting: boolean; others: number }

function Rows({ hunt, id, copy, waiting, others }: RowsProps) {
  const { data, error, refetch } = useCall('datasets.get', id === null ? null : { id })
  const { data: known } = useCall('copies.get', copy === null ? null : { id: copy })
  const answers = copy !== null && known?.id === copy && known.datasetId === id ? known : null
  const coming = id !== null && data?.id !== id && !answers?.stale
  useExpectCommands(coming && !error)
  if (id === null) {
    return (
      <EmptyState
        title={waiting ? 'The first import is running' : 'No dataset can be opened'}
        action={<Action href={link.datasets(hunt)}>Show datasets</Action>}
      >
        {waiting
          ? 'Its rows appear here when it is done. The job tray shows how far it is.'
          : 'Every import of this hunt failed. The Datasets tab says why.'}
      </EmptyState>
    )
  }
  if (answers?.stale) return <RowsTab key={answers.id} dataset={datasetOfCopy(answers)} answers={answers} />
  if (error)
    return (
      <FailureState
        failure={error}
        onRetry={() => void refetch()}
        action={others > 0 ? <Action href={link.evidence(hunt)}>Open another dataset</Action> : undefined}
      />
    )
  if (!data || coming) return <Skeleton rows={20} height={24} />
  if (data.state === 'failed') {
    return (
      <EmptyState title="This file was not imported" action={<Action href={link.datasets(hunt)}>Show datasets</Action>}>
        {data.failure?.message ?? 'The reason was not recorded.'}
      </EmptyState>
    )
  }
  if (data.state === 'importing')
    return (
      <EmptyState title={`${data.name} is being imported`}>
        Its rows appear here when it is done. The job tray shows how far it is.
      </EmptyState>
    )
  // Rows that are read otherwise are other rows.
  const formats = data.columnList.map(({ timeFormat }) => timeFormat ?? '').join(',')
  const reading = [data.id, data.timeColumn, data.timeZone, data.skewSeconds, data.rows, formats].join(' ')
  return <RowsTab key={reading} dataset={data} answers={answers} />
}
