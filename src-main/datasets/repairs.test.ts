import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'

// Quarantined records that become rows: the whole application without a shell, every answer checked.

const program = testApp('repairs')
const { call } = program
const { imported, update, ended, times, texts, leftovers } = datasetSteps(program)

beforeAll(() => call('settings.update', { analystName: 'Kim' }))

describe('a repair', () => {
  const RAGGED =
    'time,host,n\n2024-01-01T10:00:00Z,a,1\n2024-01-01T11:00:00Z,b\n2024-01-01T12:00:00Z;c;3\n2024-01-01T13:00:00Z,d,4,5\n'

  it('makes rows of corrected records behind the last one and keeps where their bytes are', async () => {
    const { id } = await imported(RAGGED)
    const { quarantine } = await call('datasets.quarantine', { id })
    expect(quarantine.map((one) => one.reason)).toEqual(['2 of 3 fields', '1 of 3 fields', '4 of 3 fields'])
    const [b, c, d] = quarantine
    if (!b || !c || !d) throw new Error('three records are in quarantine')
    const corrected = { id: b.id, text: '2024-01-01T11:00:00Z,b,2' }
    expect(
      await ended(call('datasets.repair', { id, records: [d, corrected, corrected], reason: 'cut' })),
    ).toMatchObject({
      state: 'succeeded',
      result: { rows: 2, repaired: 1, remaining: [{ id: d.id, reason: '4 of 3 fields' }] },
    })
    expect(await texts(id)).toEqual([
      ['2024-01-01T10:00:00Z', '2024-01-01T11:00:00Z'],
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(await call('datasets.bytes', { id, row: 2 })).toMatchObject({
      offset: b.offset,
      length: b.length,
      text: '2024-01-01T11:00:00Z,b',
      proof: 'matches',
    })
    expect(await call('datasets.quarantine', { id })).toEqual({ quarantine: [c, d], total: 2 })
    expect(await call('datasets.get', { id })).toMatchObject({ rows: 2, quarantined: 2 })

    const other = { id, records: [{ id: c.id }, { id: b.id }], delimiter: ';' }
    expect(await ended(call('datasets.repair', other))).toMatchObject({
      result: { rows: 3, repaired: 1, remaining: [{ id: b.id, reason: 'is not in quarantine any more' }] },
    })
    expect(await times(id)).toEqual([
      '2024-01-01T10:00:00.000Z',
      '2024-01-01T11:00:00.000Z',
      '2024-01-01T12:00:00.000Z',
    ])
    expect(await call('datasets.history', { id })).toMatchObject({
      changes: [
        { kind: 'repair', rows: 1 },
        { kind: 'repair', rows: 1, reason: 'cut', by: 'Kim' },
      ],
    })
    // A change of reading keeps repaired rows, and what is still bad.
    await update({ id, skewSeconds: 1 })
    expect(await call('datasets.get', { id })).toMatchObject({ rows: 3, quarantined: 1 })
    expect(await call('datasets.quarantine', { id })).toEqual({ quarantine: [d], total: 1 })
  })

  it('is taken back: its rows leave, its records are in quarantine again as they were, the reading before it too', async () => {
    const { id } = await imported(RAGGED)
    const untouched = await call('datasets.quarantine', { id })
    const [b, c, d] = untouched.quarantine
    if (!b || !c || !d) throw new Error('three records are in quarantine')
    await update({ id, skewSeconds: 60 })
    const before = await call('datasets.get', { id })
    const rows = await texts(id)
    const semicolons = { id, records: [{ id: c.id }], delimiter: ';' }
    expect(await ended(call('datasets.repair', semicolons))).toMatchObject({ state: 'succeeded' })
    const corrected = [
      { id: d.id, text: 'x,y,1' },
      { id: b.id, text: 'v,w,2' },
    ]
    await ended(call('datasets.repair', { id, records: corrected }))
    // A rescan in between keeps what the rows were.
    await ended(call('datasets.rescan', { id }))
    expect(await call('datasets.quarantine', { id })).toEqual({ quarantine: [], total: 0 })
    const { changes, undoes } = await call('datasets.history', { id })
    expect(undoes).toBe(changes[1]?.id)

    expect(await ended(call('datasets.undo', { id }))).toMatchObject({
      result: { rows: 2, repaired: 0, returned: 2, remaining: [] },
    })
    expect(await call('datasets.quarantine', { id })).toEqual({ quarantine: [b, d], total: 2 })
    expect((await texts(id))[1]).toEqual(['a', 'c'])
    await ended(call('datasets.undo', { id }))
    expect(await call('datasets.quarantine', { id })).toEqual(untouched)
    expect(await texts(id)).toEqual(rows)
    expect(await call('datasets.get', { id })).toEqual(before)
    await ended(call('datasets.undo', { id }))
    expect(await times(id)).toEqual(['2024-01-01T10:00:00.000Z'])
    expect(await call('datasets.history', { id })).toMatchObject({ total: 7, undoes: null })
    await expect(call('datasets.undo', { id })).rejects.toMatchObject({ code: 'conflict' })
    expect(await ended(call('datasets.repair', semicolons))).toMatchObject({ result: { rows: 2, repaired: 1 } })
  })

  it('is not taken back while something names its rows', async () => {
    const { id, huntId } = await imported(RAGGED)
    const { quarantine } = await call('datasets.quarantine', { id })
    const repaired = { id: quarantine[0]?.id ?? 0, text: '2024-01-01T11:00:00Z,b,2' }
    await ended(call('datasets.repair', { id, records: [repaired] }))
    const tag = { datasetId: id, rows: [2], tag: 'suspicious' as const }
    await call('rows.tag', tag)
    const note = await call('annotations.create', { datasetId: id, rows: [1, 2], text: 'odd' })
    await expect(call('datasets.undo', { id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/named by a note, a tag\./),
    })
    await call('rows.tag', { ...tag, tag: null })
    await call('annotations.delete', { id: note.id })
    expect(await ended(call('datasets.undo', { id }))).toMatchObject({ result: { rows: 1, returned: 1 } })
    // What was deleted about a row that left does not return to it.
    await expect(call('annotations.restore', { id: note.id })).rejects.toMatchObject({ code: 'not-found' })
    expect(await call('annotations.list', { huntId })).toMatchObject({ total: 0 })
  })

  it('that fits nothing changes nothing', async () => {
    const { id } = await imported(RAGGED)
    const before = await call('datasets.get', { id })
    const { quarantine } = await call('datasets.quarantine', { id })
    expect(
      await ended(call('datasets.repair', { id, records: quarantine.map((one) => ({ id: one.id })) })),
    ).toMatchObject({ state: 'succeeded', result: { rows: 1, repaired: 0, remaining: [{}, {}, {}] } })
    expect(await call('datasets.get', { id })).toEqual(before)
    expect(await call('datasets.history', { id })).toMatchObject({ total: 0 })
    expect(leftovers()).toEqual([])
  })

  it('takes no text as it stands that the quarantine does not hold unchanged', async () => {
    const text = Buffer.concat([
      Buffer.from('a,b\né,2\n'),
      Buffer.from([0x78, 0xff, 0x2c, 0x31, 0x0a]),
      Buffer.from(`${'y'.repeat(70_000)},1,2\n`),
    ])
    const { id } = await imported(text, { dialect: { encoding: 'utf-8' } })
    const { quarantine } = await call('datasets.quarantine', { id })
    expect(quarantine).toHaveLength(2)
    const records = quarantine.map((one) => ({ id: one.id }))
    expect(await ended(call('datasets.repair', { id, records }))).toMatchObject({
      result: {
        repaired: 0,
        remaining: [{ reason: expect.stringMatching(/no characters/) }, { reason: expect.stringMatching(/longer/) }],
      },
    })
  })
})
