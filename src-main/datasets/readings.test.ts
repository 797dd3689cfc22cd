import { beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import audited from '../importer/testdata/iocs.audited.json' with { type: 'json' }
import labelled from '../importer/iocs.labelled.json' with { type: 'json' }
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { commands, datasetSteps } from '../testing/datasetSteps.ts'

// How a dataset is read, changed after the import: the whole application without a shell, every answer checked.

const program = testApp('readings')
const { call } = program
const { offered, imported, update, ended, times, texts, columnOf, leftovers } = datasetSteps(program)

beforeAll(() => call('settings.update', { analystName: 'Kim' }))

describe('the zone and the clock of a dataset', () => {
  it('can be asserted later: rows, histogram, overview and alerts follow, the text stays, and it can be undone', async () => {
    const { id, huntId } = await imported(commands('zone'), { analyze: true })
    const alert = async () => (await call('alerts.list', { huntId, mitreTechnique: 'T1490' })).alerts[0]
    const before = {
      texts: await texts(id),
      dataset: await call('datasets.get', { id }),
      overview: await call('hunts.overview', { id: huntId }),
      alert: await alert(),
    }
    expect(await times(id)).toEqual(['2024-07-01T10:00:00.000Z', '2024-07-01T11:30:00.000Z'])
    expect(before.alert?.firstTime).toBe('2024-07-01T10:00:00.000Z')

    const said = { id, timeZone: 'Europe/Berlin', skewSeconds: 30, reason: 'ticket 14' }
    expect(await update(said)).toMatchObject({
      state: 'succeeded',
      datasetId: id,
      result: { rows: 2, repaired: 0, remaining: [] },
    })
    const moved = ['2024-07-01T08:00:30.000Z', '2024-07-01T09:30:30.000Z']
    expect(await times(id)).toEqual(moved)
    expect(await texts(id)).toEqual(before.texts)
    expect(await call('rows.get', { datasetId: id, row: 1 })).toMatchObject({ time: moved[0] })
    expect(await call('datasets.get', { id })).toMatchObject({
      timeZone: 'Europe/Berlin',
      skewSeconds: 30,
      firstTime: moved[0],
      lastTime: moved[1],
      sha256: before.dataset.sha256,
      importedAt: before.dataset.importedAt,
    })
    expect(await columnOf(id, 'When')).toMatchObject({ timeZone: 'Europe/Berlin', timeZoneSource: 'user' })
    const histogram = await call('rows.histogram', { datasetId: id })
    expect(histogram.buckets[0]?.start).toBe('2024-07-01T08:00:00.000Z')
    const overview = await call('hunts.overview', { id: huntId })
    expect(overview.timeline.from?.slice(0, 13)).toBe('2024-07-01T08')
    expect(await alert()).toMatchObject({ id: before.alert?.id, firstTime: moved[0], lastTime: moved[0] })
    expect(await call('datasets.bytes', { id, row: 1 })).toMatchObject({ proof: 'matches' })
    expect(await call('rows.page', { datasetId: id, sort: { column: 'When', descending: true } })).toMatchObject({
      rows: [2, 1],
    })

    expect(await ended(call('datasets.undo', { id }))).toMatchObject({ state: 'succeeded' })
    expect(await times(id)).toEqual(['2024-07-01T10:00:00.000Z', '2024-07-01T11:30:00.000Z'])
    const { diskBytes: _now, ...dataset } = await call('datasets.get', { id })
    const { diskBytes: _then, ...original } = before.dataset
    expect(dataset).toEqual(original)
    expect(await call('hunts.overview', { id: huntId })).toEqual(before.overview)
    expect(await alert()).toEqual(before.alert)
    expect(await failureOf(call('datasets.undo', { id }))).toMatchObject({ code: 'conflict' })
  })

  it('keep a history of what, why and by whom, newest first', async () => {
    const { id } = await imported(commands('history'))
    await update({ id, timeZone: '+02:00', reason: ' first ' })
    await update({ id, skewSeconds: -3_600, reason: 'second' })
    await ended(call('datasets.undo', { id }))
    await ended(call('datasets.rescan', { id }))
    const { changes, total } = await call('datasets.history', { id })
    expect(total).toBe(4)
    expect(changes).toMatchObject([
      { kind: 'rescan', by: 'Kim' },
      { kind: 'undo', before: { timeZone: '+02:00', skewSeconds: -3_600 }, after: { timeZone: '+02:00' } },
      { kind: 'reading', after: { timeZone: '+02:00', skewSeconds: -3_600 }, reason: 'second', undone: true },
      { kind: 'reading', before: {}, after: { timeZone: '+02:00' }, reason: 'first', by: 'Kim', undone: false },
    ])
    expect(await call('datasets.history', { id, limit: 1, offset: 3 })).toMatchObject({
      changes: [{ reason: 'first' }],
    })
    await ended(call('datasets.undo', { id }))
    expect(await times(id)).toEqual(['2024-07-01T10:00:00.000Z', '2024-07-01T11:30:00.000Z'])
  })

  it('that are not known leave everything as it was, and the failure names the field', async () => {
    const { id } = await imported(commands('unknown'))
    const before = await call('datasets.get', { id })
    expect(await update({ id, timeZone: 'Mars/Phobos' })).toMatchObject({
      state: 'failed',
      failure: { code: 'invalid-input' },
    })
    expect(await update({ id, profile: 'no-such-tool' })).toMatchObject({ failure: { detail: { path: 'profile' } } })
    expect(await update({ id, timeColumn: 'Box' })).toMatchObject({ failure: { detail: { path: 'timeColumn' } } })
    expect(await failureOf(call('datasets.update', { id, timeColumn: 'none', name: 'x' }))).toMatchObject({
      code: 'invalid-input',
      detail: { path: 'timeColumn' },
    })
    expect(await failureOf(call('datasets.update', { id, fields: { none: [] } }))).toMatchObject({
      detail: { path: 'fields' },
    })
    expect(await call('datasets.get', { id })).toEqual(before)
    expect(await call('datasets.history', { id })).toEqual({ changes: [], total: 0, undoes: null })
    expect(leftovers()).toEqual([])
  })

  it('that hold already need no reading, and a new name alone needs none either', async () => {
    const { id } = await imported(commands('same'))
    await update({ id, timeZone: 'Asia/Tokyo' })
    expect(await call('datasets.update', { id, timeZone: 'Asia/Tokyo', name: 'Host A' })).toMatchObject({
      name: 'Host A',
      jobId: null,
    })
    expect(await call('datasets.history', { id })).toMatchObject({ total: 1 })
  })
})

describe('the mapping of a dataset', () => {
  it('decides what analyzers and queries see, one column after another', async () => {
    const { id, huntId } = await imported(
      'At,Box,What was typed\n2024-01-01 10:00:00,WS1,vssadmin delete shadows /all\n',
    )
    await ended(call('analyzers.run', { huntId, analyzers: ['suspicious_commands'] }))
    expect(await call('alerts.list', { huntId })).toMatchObject({ total: 0 })
    await update({ id, fields: { 'What was typed': ['command_line'] } })
    await update({ id, fields: { Box: ['hostname'] } })
    expect(await columnOf(id, 'What was typed')).toMatchObject({ fields: ['command_line'] })
    await ended(call('analyzers.run', { huntId, analyzers: ['suspicious_commands'] }))
    const { alerts } = await call('alerts.list', { huntId })
    expect(alerts).toMatchObject([{ mitreTechnique: 'T1490', host: 'WS1' }])
    expect(await call('rows.count', { datasetId: id, q: 'command_line:vssadmin hostname:WS1' })).toEqual({ count: 1 })
    expect((await call('hunts.overview', { id: huntId })).hosts).toMatchObject([{ host: 'WS1', rows: 1 }])
  })

  it('leaves the types that a Zeek log says of its columns', async () => {
    const { id } = await imported('#fields\tts\tserial\tname\n#types\ttime\tstring\tstring\n1588205032\t42\tws1\n')
    await update({ id, fields: { name: ['hostname'] } })
    expect(await columnOf(id, 'name')).toMatchObject({ fields: ['hostname'] })
    expect(await columnOf(id, 'serial')).toMatchObject({ type: 'text' })
    expect(await columnOf(id, 'ts')).toMatchObject({ type: 'time' })
  })

  it('takes a packed column apart and shows columns first, keeps the cells, and is taken back', async () => {
    const { id } = await imported('When,Box,Packed\n2024-01-01 10:00:00,WS1,user=bob;cmdline=whoami\n')
    const before = await texts(id)
    const splits = { Packed: { how: 'key=value' as const, between: ';' } }
    await update({ id, splits, first: ['Packed.cmdline'], fields: { 'Packed.user': ['username', 'user_id'] } })
    expect(await columnOf(id, 'Packed.cmdline')).toMatchObject({ fields: ['command_line'], first: 0 })
    expect(await columnOf(id, 'Packed.user')).toMatchObject({ fields: ['username', 'user_id'] })
    expect(await call('rows.count', { datasetId: id, q: 'command_line:whoami user_id:bob' })).toEqual({ count: 1 })
    expect((await texts(id)).slice(0, 3)).toEqual(before)
    const { events } = await call('rows.timeline', { huntId: (await call('datasets.get', { id })).huntId })
    expect(events[0]?.parts[0]).toEqual({ column: 'command_line', text: 'whoami' })
    // Left whole again, what was said of its parts waits.
    await update({ id, splits: { Packed: null } })
    expect(await texts(id)).toEqual(before)
    await update({ id, fields: { Box: ['hostname'] } })
    await ended(call('datasets.undo', { id }))
    await ended(call('datasets.undo', { id }))
    expect(await columnOf(id, 'Packed.user')).toMatchObject({ fields: ['username', 'user_id'] })
    const refused: [Omit<Input<'datasets.update'>, 'id'>, string][] = [
      [{ splits: { Nothing: null } }, 'splits'],
      [{ first: ['Box', 'Nothing'] }, 'first'],
      [{ splits: { Packed: { how: 'key=value', between: '' } } }, 'splits.Packed.between'],
    ]
    for (const [wrong, path] of refused)
      await expect(call('datasets.update', { id, ...wrong })).rejects.toMatchObject({ detail: { path } })
  })

  it('can choose another column as the time of the row, or none', async () => {
    const { id } = await imported(commands('column'))
    await update({ id, timeColumn: 'Opened column' })
    expect(await times(id)).toEqual(['2023-01-05T08:00:00.000Z', '2023-01-06T09:00:00.000Z'])
    expect(await texts(id)).toEqual([
      ['2024-07-01 10:00:00', '2024-07-01 11:30:00'],
      ['2023-01-05 08:00:00', '2023-01-06 09:00:00'],
      ['WS1', 'WS2'],
      ['vssadmin delete shadows /all /quiet', 'net user bob'],
    ])
    await update({ id, timeColumn: null })
    expect(await call('datasets.get', { id })).toMatchObject({
      timeColumn: null,
      firstTime: null,
      lastTime: null,
      rowsWithoutTime: 2,
    })
    expect(await call('rows.histogram', { datasetId: id })).toMatchObject({ buckets: [], rowsWithoutTime: 2 })
  })

  it('says where day and month could not be told apart', async () => {
    const text = 'When,Host\n01/02/2024 10:00:00,a\n03/04/2024 11:00:00,b\n'
    const { ticket } = await offered(text)
    const preview = await call('datasets.preview', { ticket })
    expect(preview.warnings).toEqual([expect.stringMatching(/^When: whether day or month comes first cannot be told/)])
    const { id } = await imported(text)
    expect(await call('datasets.get', { id })).toMatchObject({ warnings: preview.warnings })
    await update({ id, timeZone: 'America/New_York' })
    expect(await call('datasets.get', { id })).toMatchObject({ warnings: preview.warnings })
    expect(await columnOf(id, 'When')).toMatchObject({ timeFormat: expect.stringMatching(/^(mdy|dmy)$/) })
  })
})

describe('a rescan', () => {
  it('finds the same again, also in wide files and odd cells, and changes no text', async () => {
    const wide = Array.from({ length: 2_000 }, (_, n) => `c${n}`)
    const cells = (row: number) => wide.map((_, n) => (n === 0 ? `2024-01-0${row} 10:00:00` : n % 7 ? `v${n}` : `${n}`))
    const odd =
      'time,n,text,ip\n2024-01-01T10:00:00.1234567Z,007,"a\nb, ""c""",8.8.8.8\n,1.50,\u0000x,hxxp://evil[.]com/a\n1601-01-01T00:00:00Z,-0,é😀,\n'
    const quoted = (cell = '') => `"${cell.replaceAll('"', '""')}",`
    const indicators = `text,n\n${[...labelled, ...audited.flatMap((group) => group.cells)].map(([cell]) => quoted(cell)).join('\n')}\n`
    for (const text of [odd, indicators, [wide, cells(1), cells(2)].map((line) => line.join(',')).join('\n')]) {
      const { id } = await imported(text)
      const all = async () => {
        const { diskBytes: _, ...dataset } = await call('datasets.get', { id })
        const row = await call('rows.get', { datasetId: id, row: 1 })
        const [page, iocs] = [
          await call('rows.page', { datasetId: id }),
          await call('datasets.iocs', { id, limit: 500 }),
        ]
        return { dataset, row, page, iocs, histogram: await call('rows.histogram', { datasetId: id }) }
      }
      const before = await all()
      for (let times = 0; times < 2; times++) {
        expect(await ended(call('datasets.rescan', { id }))).toMatchObject({ state: 'succeeded' })
        expect(await all()).toEqual(before)
      }
    }
  })
})

describe('what was said about the reading of a file', () => {
  const file = (header: string, second: number) => `${header}\n2024-07-01 10:00:0${second},WS1,dir\n`

  it('is remembered for the next file with the same headers, but for the skew of its clock', async () => {
    const { id } = await imported(file('Stamp,Box,Typed', 1))
    await update({ id, timeZone: 'Europe/Berlin', skewSeconds: 5, fields: { Typed: ['command_line'] } })
    const { ticket } = await offered(file('Stamp,Box,Typing', 2))
    expect(await call('datasets.preview', { ticket })).toMatchObject({ remembered: false, mapping: null })

    const next = await offered(file('Stamp,Box,Typed', 3))
    const preview = await call('datasets.preview', { ticket: next.ticket })
    expect(preview).toMatchObject({ remembered: true, timeZone: 'Europe/Berlin' })
    expect(preview.columns.find((column) => column.name === 'Typed')?.fields).toEqual(['command_line'])
    const second = await imported(file('Stamp,Box,Typed', 3))
    expect(await call('datasets.get', { id: second.id })).toMatchObject({
      timeZone: 'Europe/Berlin',
      skewSeconds: 0,
      firstTime: '2024-07-01T08:00:03.000Z',
    })
    // What is said about this file goes first; the rest holds still, unless it shall not.
    const own = { ticket: next.ticket, dialect: { timeZone: 'Asia/Tokyo' } }
    const mixed = await call('datasets.preview', own)
    expect(mixed).toMatchObject({ remembered: true, timeZone: 'Asia/Tokyo' })
    expect(mixed.columns.find((column) => column.name === 'Typed')?.fields).toEqual(['command_line'])
    const ignoring = { ticket: next.ticket, dialect: { remembered: false } }
    expect(await call('datasets.preview', ignoring)).toMatchObject({ remembered: false, timeZone: 'UTC' })
    const third = await imported(file('Stamp,Box,Typed', 4), { dialect: { remembered: false } })
    expect(await call('datasets.get', { id: third.id })).toMatchObject({ firstTime: '2024-07-01T10:00:04.000Z' })
    expect(await call('datasets.preview', { ticket: next.ticket })).toMatchObject({ remembered: true })
  })

  it('does not touch files with other headers', async () => {
    const { id } = await imported(file('Stamp,Box,Run', 1))
    await update({ id, timeZone: 'Asia/Tokyo' })
    const { ticket } = await offered(file('Stamp,Box,Ran', 2))
    expect(await call('datasets.preview', { ticket })).toMatchObject({ remembered: false, timeZone: 'UTC' })
    const other = await imported(file('Stamp,Box,Ran', 3))
    expect(await call('datasets.get', { id: other.id })).toMatchObject({ firstTime: '2024-07-01T10:00:03.000Z' })
  })

  it('is forgotten when it is taken back', async () => {
    const { id } = await imported(file('Stamp,Box,Gone', 1))
    await update({ id, timeZone: 'Asia/Tokyo' })
    await ended(call('datasets.undo', { id }))
    const { ticket } = await offered(file('Stamp,Box,Gone', 2))
    expect(await call('datasets.preview', { ticket })).toMatchObject({ remembered: false, timeZone: 'UTC' })
  })
})
