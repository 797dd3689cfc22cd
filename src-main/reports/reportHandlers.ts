import { AppError } from '#contract/appError'
import type { ReportFile } from '#contract/reports'
import type { ReportFormat, Tlp } from '#contract/values'
import { safeStem, type ExportTarget, type ExportTargets } from '../files/exportTargets.ts'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { CaseContent } from '../reporting/content.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import { gather, type GatherDeps } from './gather.ts'
import { createListCsv, type AskList } from './listCsv.ts'

/** Characters of a report that is shown before it is written: what fits one message with its frame. */
const PREVIEW_MAX = 7_000_000

const ENDINGS: Record<ReportFormat, string> = {
  html: 'html',
  pdf: 'pdf',
  markdown: 'md',
  stix: 'stix.json',
  navigator: 'layer.json',
  timesketch: 'timesketch.csv',
}

export type ReportDeps = GatherDeps & {
  jobs: JobRunner
  events: Events
  targets: ExportTargets
  /** Version of ATT&CK that ships with the program. */
  attack: string
  ask: AskList
}

/** A file written by a job; nothing is left when it is cancelled or fails. */
export function createWriteJob({ jobs, targets }: Pick<ReportDeps, 'jobs' | 'targets'>) {
  return async (
    what: { title: string; name: string; to: string | undefined },
    write: (target: ExportTarget, context: JobContext) => Promise<{ bytes: number; leftOut: number }>,
  ): Promise<{ jobId: string }> => {
    const target = await targets.of(what.name, what.to)
    return jobs.start({
      kind: 'export',
      title: what.title,
      huntId: null,
      unit: 'steps',
      run: async (context): Promise<ReportFile> => {
        try {
          const { bytes, leftOut } = await write(target, context)
          return { name: target.name, bytes, leftOut, ...targets.written(target, bytes) }
        } finally {
          targets.release(target)
        }
      },
    })
  }
}
export type WriteJob = ReturnType<typeof createWriteJob>

/** What is told of a case with another marking. */
const marked = (content: CaseContent, tlp: Tlp = content.item.tlp): CaseContent => ({
  ...content,
  item: { ...content.item, tlp },
})

/** Reports of cases, and lists as CSV. */
export function reportHandlers(deps: ReportDeps): HandlersOf<'reports'> {
  const { store, ports, events } = deps
  const writeJob = createWriteJob(deps)
  const listCsv = createListCsv(deps)

  return {
    'reports.build': async ({ caseId, format, name, guard, to, sections, tlp }) => {
      const item = await store.read().cases.get(caseId)
      if (!item)
        throw new AppError('not-found', 'There is no such case. It may have been deleted.', {
          path: 'caseId',
          id: caseId,
        })
      const day = ports.clock().toISOString().slice(0, 10)
      const stem = safeStem(name ?? `case-${String(item.number).padStart(3, '0')}-${day}`, 'case')
      const file = `${stem}.${ENDINGS[format]}`
      return writeJob(
        { title: `Report of case ${item.number}`, name: file, to },
        async (target, { signal, progress }) => {
          progress({ note: 'Gathering what belongs to the case' })
          const content = marked(await gather(deps, caseId, signal), tlp)
          progress({ note: `Writing ${file}` })
          const written = await store.task({ signal }).reports.write({
            ...{ content, format, sections, guard, attack: deps.attack },
            target: { path: target.path, replace: target.replace },
          })
          await store.write.cases.note(
            caseId,
            { act: 'exported', text: file },
            { by: content.madeBy, now: ports.clock().getTime() },
          )
          events.emit('cases.changed', { id: caseId })
          return written
        },
      )
    },
    'reports.preview': async ({ caseId, sections, tlp }, { signal }) => {
      const content = marked(await gather(deps, caseId, signal), tlp)
      const html = await store.task({ signal }).reports.html(content, sections)
      if (html.length > PREVIEW_MAX)
        throw new AppError(
          'too-large',
          'The report is too large to be shown here. Leave sections out, or write it into a file.',
          { path: 'sections' },
        )
      return { html }
    },
    'reports.csv': async ({ call, input, name, guard, to }) => {
      const write = listCsv(call, input, guard)
      const stem = safeStem(name ?? call.replace('.', '-'), 'list')
      return writeJob({ title: `Export of ${call}`, name: `${stem}.csv`, to }, write)
    },
  }
}
