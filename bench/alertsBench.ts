import { timeCalls } from './measure.ts'
import { importInto, startProduct } from './product.ts'

/** What the alerts screen asks of as many alerts as a rule may make, 50,000: a rule makes one a row. Milliseconds. */
export async function alertsBench(path: string): Promise<string> {
  const product = await startProduct()
  const { call, finished } = product.client
  const { huntId } = await importInto(product, path)
  const rule = await call('rules.create', {
    rule: {
      kind: 'condition',
      name: 'Every connection',
      huntId,
      actor: 'Computer',
      dedupeMinutes: 0,
      conditions: [{ op: 'eq', field: 'EventID', value: '3' }],
    },
  })
  const started = performance.now()
  const job = await finished((await call('rules.run', { ids: [rule.id], huntId })).jobId)
  if (job.state !== 'succeeded') throw new Error(`The rule ${job.state}: ${job.failure?.message}`)
  const made = (performance.now() - started) / 1000
  const { total, alerts } = await call('alerts.list', { huntId, limit: 500 })
  const lines: string[] = []
  const time = async (what: string, times: number, run: (n: number) => Promise<unknown>): Promise<void> => {
    const { median, worst } = await timeCalls(times, run)
    lines.push(`| ${what} | ${median.toFixed(1)} | ${worst.toFixed(1)} |`)
  }
  const host = (n: number): string => alerts[n % alerts.length]?.host ?? ''
  const statuses = ['acknowledged', 'in-progress', 'resolved', 'new'] as const
  await time('first page by score, newest first', 10, () => call('alerts.list', { huntId, limit: 100 }))
  for (const sort of ['time', 'severity', 'rows', 'title'] as const)
    await time(`first page by ${sort}`, 10, (n) => call('alerts.list', { huntId, sort, descending: n % 2 === 0 }))
  await time('page behind 40,000 others', 10, (n) => call('alerts.list', { huntId, offset: 40_000 + n, limit: 100 }))
  await time('of a host', 10, (n) => call('alerts.list', { huntId, host: host(n) }))
  await time('of a severity and a status', 10, () => call('alerts.list', { huntId, severity: 'medium', status: 'new' }))
  await time('with a text in title, description or evidence', 5, (n) =>
    call('alerts.list', { huntId, text: `${host(n)}`.slice(0, 9) }),
  )
  await time('counts by severity, status, analyzer and technique', 10, () => call('alerts.stats', { huntId }))
  for (const by of ['rule', 'host', 'user', 'technique'] as const)
    await time(`groups by ${by}`, 5, () => call('alerts.groups', { huntId, by }))
  await time('all of them changed by a filter, with their history', 4, (n) =>
    call('alerts.bulkUpdate', { filter: { huntId }, status: statuses[n % statuses.length] }),
  )
  await time('500 of them changed by their ids', 4, (n) =>
    call('alerts.bulkUpdate', { ids: alerts.map(({ id }) => id), addTags: [`round ${n}`] }),
  )
  await product.close()
  return [
    `${total.toLocaleString('en')} alerts, made by a rule in ${made.toFixed(1)} s.`,
    '',
    '| alerts | ms (median) | slowest |',
    '|---|---|---|',
    ...lines,
  ].join('\n')
}
