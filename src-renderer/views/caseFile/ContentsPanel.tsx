import { useState } from 'react'
import type { CaseFileContents, CaseFileInspection } from '#contract/caseFiles'
import type { Input } from '#contract/contract'
import type { MergeChoice } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useJob } from '../../backend/useJob.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { TlpTag } from '../../ui/TlpTag.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatBytes, formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { changesSomething, isMerge, isVerdict, mergeText, recordsText } from './caseFileText.ts'
import { MergePreview } from './MergePreview.tsx'
import type { CaseKey } from './OpenTab.tsx'
import { tlpText } from './tlpText.ts'

type ContentsProps = {
  ticket: string
  secret: CaseKey
  inspection: CaseFileInspection
  contents: CaseFileContents
}

/** What a case file holds; checking it, previewing and importing it. */
export function ContentsPanel({ ticket, secret, inspection, contents }: ContentsProps) {
  const verify = useJob((backend, input: Input<'caseFiles.verify'>) => backend.call('caseFiles.verify', input))
  const preview = useJob((backend, input: Input<'caseFiles.import'>) => backend.call('caseFiles.import', input))
  const merge = useJob((backend, input: Input<'caseFiles.import'>) => backend.call('caseFiles.import', input))
  const [decisions, setDecisions] = useState<Record<string, MergeChoice>>({})
  const opens = { ticket, ...secret }
  const verdict = isVerdict(verify.result) ? verify.result : null
  const planned = isMerge(preview.result) ? preview.result : null
  const merged = isMerge(merge.result) ? merge.result : null
  const running = verify.job ?? preview.job ?? merge.job
  const hunt = contents.hunts[0]
  return (
    <>
      <Panel
        title={contents.title}
        sub={
          <>
            {contents.by === '' ? 'exported' : `exported by ${contents.by}`} <Time iso={contents.createdAt} second /> ·{' '}
            {inspection.file}, {formatBytes(inspection.size)}
            {inspection.encrypted === null ? '' : ', encrypted'}
          </>
        }
        right={<TlpTag tlp={contents.tlp} />}
        footer={
          <div className="case-file-foot">
            <span className="t2 sm clip">{tlpText[contents.tlp]}</span>
            <span className="spring" />
            <Action busy={verify.busy} onClick={() => verify.start(opens)}>
              Check every hash
            </Action>
            {merged ? (
              <Action primary title={hunt?.name ?? ''} {...(hunt ? { href: link.overview(hunt.id) } : {})}>
                Open {hunt?.name ?? 'the hunt'}
              </Action>
            ) : planned ? (
              <Action
                primary
                busy={merge.busy}
                disabled={!changesSomething(planned, decisions) || verdict?.ok === false}
                onClick={() => merge.start({ ...opens, decisions })}
              >
                {changesSomething(planned, decisions) ? `Import ${mergeText(planned)}` : 'Everything is here already'}
              </Action>
            ) : (
              <Action
                primary
                busy={preview.busy}
                disabled={verdict?.ok === false}
                onClick={() => preview.start({ ...opens, preview: true })}
              >
                Preview import
              </Action>
            )}
          </div>
        }
      >
        <p>
          {recordsText(contents.records) || 'No records'}.{' '}
          <span className="t2">
            {contents.rows === 'cited' ? 'Only the rows that somebody spoke of' : 'All rows'}, written by Huntbench{' '}
            {contents.program}.
          </span>
        </p>
        <div className="case-file-scroll">
          <table className="table">
            <colgroup>
              <col />
              <col style={{ width: 150 }} />
              <col style={{ width: 150 }} />
              <col style={{ width: 200 }} />
              <col style={{ width: 70 }} />
            </colgroup>
            <thead>
              <tr>
                <th>Dataset</th>
                <th className="right">Rows</th>
                <th className="right">Source</th>
                <th>SHA-256 of the source</th>
                <th>Here</th>
              </tr>
            </thead>
            <tbody>
              {contents.datasets.map((dataset) => (
                <tr key={dataset.id}>
                  <td className="clip case-file-name" title={dataset.file}>
                    {dataset.name}
                  </td>
                  <td className="right num nowrap">
                    {dataset.rows === dataset.of
                      ? formatCount(dataset.rows)
                      : `${formatCount(dataset.rows)} of ${formatCount(dataset.of)}`}
                  </td>
                  <td className="right num nowrap">
                    {formatBytes(dataset.size)}
                    {dataset.source ? ', included' : ''}
                  </td>
                  <td className="mono clip case-file-hash" title={dataset.sha256}>
                    {dataset.sha256}
                  </td>
                  <td>{dataset.here ? 'yes' : 'no'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {running && (
          <div className="line" role="status">
            <Progress share={running.total ? running.done / running.total : null} label={running.title} />
            <span className="t2 sm clip">
              {running.note ?? running.title}
              {running.rows === null ? '' : `, ${formatNoun(running.rows, 'row')}`}
            </span>
            <Action
              quiet
              onClick={() => {
                verify.cancel()
                preview.cancel()
                merge.cancel()
              }}
            >
              Stop
            </Action>
          </div>
        )}
        {verdict?.ok === true && (
          <p role="status">
            Every hash is right: {formatNoun(verdict.parts, 'part')}, {formatBytes(verdict.bytes)} read.{' '}
            <span className="t2">
              Fingerprint of the manifest <span className="mono evidence-text">{verdict.fingerprint}</span>
            </span>
          </p>
        )}
        {verdict?.ok === false && (
          <div role="alert">
            <p className="bad">
              The file was altered: {formatNoun(verdict.altered.length, 'part')}. It cannot be imported.
            </p>
            <ul className="case-file-list">
              {verdict.altered.map(({ part, about, reason }) => (
                <li key={part}>
                  <div className="med">{about}</div>
                  <div className="t2 sm">{reason}</div>
                </li>
              ))}
            </ul>
          </div>
        )}
        <FailureLine failure={merge.failure ?? preview.failure ?? verify.failure} />
        {merged && (
          <p role="status">
            Imported: {mergeText(merged)}, {formatNoun(merged.rows, 'row')}.
          </p>
        )}
      </Panel>
      {planned && !merged && (
        <MergePreview
          merge={planned}
          decisions={decisions}
          onDecide={(key, choice) => {
            const next = { ...decisions }
            if (choice === null) delete next[key]
            else next[key] = choice
            setDecisions(next)
          }}
        />
      )}
    </>
  )
}
