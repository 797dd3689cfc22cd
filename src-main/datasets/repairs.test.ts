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
