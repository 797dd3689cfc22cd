import { useState } from 'react'
import { Checkbox, HTMLSelect } from '@blueprintjs/core'
import { FolderOpen } from '@blueprintjs/icons'
import type { Input, Output } from '#contract/contract'
import type { IntelList } from '#contract/intel'
import { verdicts, type ListPurpose, type Verdict } from '#contract/values'
import { AppError } from '#contract/appError'
import { useBackend } from '../../../backend/BackendContext.ts'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { chooseFiles } from '../../../state/chooseFiles.ts'
import { link } from '../../../state/places.ts'
import type { PendingFile } from '../../../state/pendingFiles.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { formatBytes, formatNoun } from '../../../ui/formatNumber.ts'
import { ListReport, type ReadList } from './ListReport.tsx'

/** Characters of a pasted text; longer lists come as files. */
const TEXT_MAX = 4_000_000

/** Makes a list of a file or a pasted text; `replaces`: the list that gets new indicators. */
export function ImportList({ replaces }: { replaces: IntelList | null }) {
  const backend = useBackend()
  const start = useCommand('intel.import')
  const [file, setFile] = useState<PendingFile | null>(null)
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [verdict, setVerdict] = useState<Verdict | ''>('')
  const [purpose, setPurpose] = useState<ListPurpose>('verdict')
  const [source, setSource] = useState('')
  const [confidence, setConfidence] = useState('')
  const [expires, setExpires] = useState('')
  const [subdomains, setSubdomains] = useState(false)
  const [jobId, setJobId] = useState<string | null>(null)
  const [failure, setFailure] = useState<AppError | null>(null)
  const { data: job } = useCall('jobs.get', jobId === null ? null : { id: jobId })
  const running = jobId !== null && (job?.id !== jobId || job.finishedAt === null)

  const run = async () => {
    setFailure(null)
    try {
      const what: Pick<Input<'intel.import'>, 'ticket' | 'text'> = file
        ? { ticket: await backend.offerFile(file.file, file.path) }
        : { text }
      const said = {
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(verdict === '' ? {} : { verdict }),
        ...(source.trim() === '' ? {} : { source: source.trim() }),
        ...(confidence === '' ? {} : { confidence: Math.min(100, Number(confidence)) }),
        ...(expires === '' ? {} : { expiresAt: `${expires}T00:00:00Z` }),
        ...(subdomains ? { subdomains } : {}),
        ...(replaces ? { listId: replaces.id } : { purpose }),
      }
      const { jobId: begun } = await start.mutateAsync({ ...what, ...said })
      setJobId(begun)
    } catch (error) {
      setFailure(error instanceof AppError ? error : new AppError('internal', String(error)))
    }
  }
  const choose = async () => setFile((await chooseFiles())[0] ?? null)
  const nothing = file === null && text.trim() === ''
  return (
    <section className="list-import form-parts" aria-label={replaces ? 'New indicators' : 'Import a list'}>
      <h2>{replaces ? `New indicators for ${replaces.name}` : 'Import a list of indicators'}</h2>
      <p className="t2">
        A CSV of any columns, or a value a line, a verdict and a note behind it: addresses, networks (198.51.100.0/24),
        domains (*.evil.example for all names below), URLs, hashes, e-mail addresses, JA3, JA4. De-fanged forms are
        understood.
      </p>
      <div className="line">
        <Action icon={<FolderOpen size={13} />} onClick={() => void choose()}>
          Choose a file
        </Action>
        {file ? (
          <span className="mono clip">
            {file.path} <span className="t3">{formatBytes(file.file.size)}</span>{' '}
            <button type="button" className="link-button sm" onClick={() => setFile(null)}>
              Remove
            </button>
          </span>
        ) : (
          <span className="t3">or paste below</span>
        )}
      </div>
      {!file && (
        <textarea
          className="text-field mono list-paste"
          autoFocus={replaces === null}
          aria-label="Indicators, one a line"
          placeholder={
            'evil[.]example, malicious\n198.51.100.0/24, clean; our scanner\n44d88612fea8a8f36de82e1278abb02f'
          }
          spellCheck={false}
          maxLength={TEXT_MAX}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="form-fields">
        <FormField label="Name">
          {(named) => (
            <input
              {...named}
              className="text-field"
              maxLength={200}
              placeholder={replaces?.name ?? file?.path ?? 'Pasted indicators'}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FormField>
        {!replaces && (
          <FormField label="Used as">
            {(named) => (
              <HTMLSelect
                {...named}
                value={purpose}
                onChange={(event) => setPurpose(event.target.value === 'allow' ? 'allow' : 'verdict')}
                options={[
                  { value: 'verdict', label: 'indicators with verdicts' },
                  { value: 'allow', label: 'allow list' },
                ]}
              />
            )}
          </FormField>
        )}
        <FormField label="Verdict">
          {(named) => (
            <HTMLSelect
              {...named}
              value={verdict}
              onChange={(event) => setVerdict(verdicts.find((one) => one === event.target.value) ?? '')}
              options={[{ value: '', label: 'as the list says, else malicious' }, ...verdicts]}
            />
          )}
        </FormField>
        <FormField label="Source">
          {(named) => (
            <input
              {...named}
              className="text-field"
              maxLength={200}
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          )}
        </FormField>
        <FormField label="Confidence, %">
          {(named) => (
            <input
              {...named}
              className="text-field"
              inputMode="numeric"
              value={confidence}
              onChange={(event) => setConfidence(event.target.value.replace(/\D/g, '').slice(0, 3))}
            />
          )}
        </FormField>
        <FormField label="Expires, UTC">
          {(named) => (
            <input
              {...named}
              className="text-field"
              type="date"
              value={expires}
              onChange={(event) => setExpires(event.target.value)}
            />
          )}
        </FormField>
      </div>
      <Checkbox checked={subdomains} onChange={() => setSubdomains(!subdomains)}>
        Its domains stand for every name below them too
      </Checkbox>
      <div className="line">
        <Action primary disabled={nothing || running} busy={running || start.isPending} onClick={() => void run()}>
          {replaces ? 'Replace the indicators' : 'Import the list'}
        </Action>
        <Action quiet href={replaces ? link.lists(replaces.id) : link.lists()}>
          Cancel
        </Action>
        {running && (
          <Progress share={job?.total ? job.done / job.total : null} label="Import of the list" width={140} />
        )}
      </div>
      <FailureLine failure={failure} />
      {job && job.id === jobId && <Ended job={job} />}
    </section>
  )
}

function otherVerdicts({ otherVerdicts: { lines, words } }: ReadList): string {
  if (lines === 0) return ''
  return ` ${formatNoun(lines, 'line')} said a verdict that is no known word (${words.join(', ')}); the verdict of the list holds for ${lines === 1 ? 'it' : 'them'}.`
}

function Ended({ job }: { job: Output<'jobs.get'> }) {
  if (job.failure)
    return <FailureLine failure={new AppError(job.failure.code, job.failure.message, job.failure.detail)} />
  if (job.state !== 'succeeded') return job.finishedAt === null ? null : <p className="t2">Nothing was imported.</p>
  return (
    <ListReport result={job.result}>
      {(report) => (
        <p className="note" role="status">
          <span className="grow">
            {formatNoun(report.indicators, 'indicator')} read ({report.format.toLowerCase()}),{' '}
            {formatNoun(report.duplicates, 'line')} named one again, {formatNoun(report.rejected, 'line')} could not be
            used.{otherVerdicts(report)}
          </span>
          <Action href={link.lists(report.listId)}>Open the list</Action>
        </p>
      )}
    </ListReport>
  )
}
