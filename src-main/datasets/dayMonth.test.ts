import { describe, expect, it } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'

// Which of day and month comes first, said before and after the import: the whole application without a shell.

const program = testApp('dayMonth')
const { call } = program
const { offered, imported, update, ended, times, texts, columnOf } = datasetSteps(program)

const dates = (mark: string): string => `When ${mark},Host\n01/02/2024 10:00:00,a\n03/04/2024 11:00:00,b\n`
const monthFirst = ['2024-01-02T10:00:00.000Z', '2024-03-04T11:00:00.000Z']
const dayFirst = ['2024-02-01T10:00:00.000Z', '2024-04-03T11:00:00.000Z']
const CONTRADICTORY = 'When it was,Host\n15/01/2024 10:00:00,a\n01/16/2024 11:00:00,b\n02/03/2024 12:00:00,c\n'

describe('the order of day and month', () => {
  it('is changed after the import: times and what hangs on them follow, the text stays, and it is taken back', async () => {
    const { id } = await imported(dates('later'))
    const column = 'When later'
    const doubt = [expect.stringMatching(/cannot be told from the data; month first/)]
    expect(await times(id)).toEqual(monthFirst)
    expect(await columnOf(id, column)).toMatchObject({ timeFormat: 'mdy', dayMonthSource: 'assumed' })
    expect(await call('datasets.get', { id })).toMatchObject({ warnings: doubt })
    const before = await texts(id)

    await update({ id, dayFirst: { [column]: true }, reason: 'a British host' })
    expect(await times(id)).toEqual(dayFirst)
    expect(await texts(id)).toEqual(before)
    expect(await columnOf(id, column)).toMatchObject({ timeFormat: 'dmy', dayMonthSource: 'user' })
    expect(await call('datasets.get', { id })).toMatchObject({ firstTime: dayFirst[0], warnings: [] })
    expect(await call('datasets.history', { id })).toMatchObject({
      changes: [{ before: {}, after: { dayFirst: { [column]: true } }, reason: 'a British host' }],
    })

    await ended(call('datasets.undo', { id }))
    expect(await times(id)).toEqual(monthFirst)
    expect(await call('datasets.get', { id })).toMatchObject({ warnings: doubt })
  })

  it('is said for one column without changing another', async () => {
    const { id } = await imported('When,Seen,Host\n01/02/2024 10:00:00,03/04/2024 10:00:00,a\n')
    await update({ id, dayFirst: { Seen: true } })
    await update({ id, dayFirst: { When: true } })
    expect(await columnOf(id, 'Seen')).toMatchObject({ timeFormat: 'dmy', dayMonthSource: 'user' })
    expect(await times(id)).toEqual([dayFirst[0]])
  })

  it('is said in the preview of an import and remembered for files with the same headers', async () => {
    const { ticket } = await offered(dates('before'))
    const dialect = { dayFirst: { 'When before': true } }
    const preview = await call('datasets.preview', { ticket, dialect })
    expect(preview.columns[0]).toMatchObject({ timeFormat: 'dmy', dayMonthSource: 'user' })
    expect(preview.warnings).toEqual([])
    const { id } = await imported(dates('before'), { dialect })
    expect(await times(id)).toEqual(dayFirst)
    const next = await offered(dates('before').replace('10:00', '10:30'))
    expect(await call('datasets.preview', { ticket: next.ticket })).toMatchObject({
      remembered: true,
      columns: [{ timeFormat: 'dmy' }, {}],
    })
    // Dates of the next file that have no meaning in this order are read as their own file tells.
    const other = await offered('When before,Host\n01/16/2024 10:00:00,a\n')
    expect(await call('datasets.preview', { ticket: other.ticket })).toMatchObject({
      remembered: false,
      columns: [{ timeFormat: 'mdy', dayMonthSource: 'data' }, {}],
    })
  })

  it('that contradicts itself in one column is warned of, and one order can be chosen', async () => {
    const { id } = await imported(CONTRADICTORY)
    const column = 'When it was'
    expect(await columnOf(id, column)).toMatchObject({ type: 'text', dayMonthSource: 'contradictory' })
    const warnings = [
      expect.stringMatching(/^When it was: of its first dates 1 can only be read with the day first, 1/),
    ]
    expect(await call('datasets.get', { id })).toMatchObject({ rowsWithoutTime: 3, warnings })
    await update({ id, dayFirst: { [column]: true } })
    expect(await times(id)).toEqual(['2024-01-15T10:00:00.000Z', null, '2024-03-02T12:00:00.000Z'])
    expect(await call('datasets.get', { id })).toMatchObject({
      rowsWithoutTime: 1,
      warnings: [expect.stringMatching(/day first was taken and the others have no time$/)],
    })
  })

  it('is told by dates far behind the first ones too, and stays when the zone is changed', async () => {
    const log = (day: number, rows: number): string =>
      `${String(day).padStart(2, '0')}/02/2024 10:00:00,a\n`.repeat(rows)
    const column = 'When far'
    const { id } = await imported(`${column},Host\n${log(1, 2_500)}${log(2, 1)}${log(13, 1)}`)
    expect(await columnOf(id, column)).toMatchObject({ timeFormat: 'dmy', dayMonthSource: 'data' })
    const told = { rowsWithoutTime: 0, warnings: [], lastTime: '2024-02-13T10:00:00.000Z' }
    expect(await call('datasets.get', { id })).toMatchObject(told)
    await update({ id, timeZone: '+01:00' })
    expect(await call('datasets.get', { id })).toMatchObject({ ...told, lastTime: '2024-02-13T09:00:00.000Z' })
  })

  it('that does not hold for later rows is warned of with their number, until it is changed', async () => {
    const column = 'When wrong'
    const { id } = await imported(`${column},Host\n${'01/13/2024,a\n'.repeat(2_000)}${'13/01/2024,b\n'.repeat(3)}`)
    const warning =
      'When wrong: 3 filled cells are no time with the month first. Where the day comes first, say so in the time of the dataset'
    expect(await call('datasets.get', { id })).toMatchObject({ rowsWithoutTime: 3, warnings: [warning] })
    await update({ id, dayFirst: { [column]: false } })
    expect(await call('datasets.get', { id })).toMatchObject({ rowsWithoutTime: 3, warnings: [] })
  })

  it('is the one of the tool where its profile says so, whatever the dates look like', async () => {
    const header =
      'date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra'
    const line = (date: string): string => `${date},10:00:00,UTC,M...,FILE,NTFS,mtime,-,H,x,x,2,f,1,-,filestat,-\n`
    const { id } = await imported(`${header}\n${line('03/04/2024')}${line('04/04/2024')}${line('05/04/2024')}`)
    expect(await columnOf(id, 'date')).toMatchObject({ timeFormat: 'mdy', dayMonthSource: 'profile' })
    expect(await call('datasets.get', { id })).toMatchObject({ warnings: [], lastTime: '2024-05-04T10:00:00.000Z' })
  })

  it('names the field where a column is not there or holds no such dates, and nothing changes', async () => {
    const { id } = await imported('When,Host\n01/16/2024 10:00:00,a\n')
    await expect(call('datasets.update', { id, dayFirst: { none: true } })).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { path: 'dayFirst' },
    })
    for (const name of ['Host', 'When']) {
      expect(await update({ id, dayFirst: { [name]: true } })).toMatchObject({
        state: 'failed',
        failure: { code: 'invalid-input', detail: { path: 'dayFirst' } },
      })
    }
    expect(await times(id)).toEqual(['2024-01-16T10:00:00.000Z'])
  })
})
