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
