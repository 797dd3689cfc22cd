import { expect, test, vi } from 'vitest'
import type { CallName, Input, Output } from '#contract/contract'
import { createVerdicts } from './verdicts.tsx'

/** A backend that knows one malicious address; `asked` holds the values of each question. */
function backend(indicators: number) {
  const asked: string[][] = []
  let changed = (): void => undefined
  const call = async <K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> => {
    if (name === 'intel.list') return { lists: [], total: 1, indicators } as unknown as Output<K>
    const { values } = input as Input<'intel.lookup'>
    asked.push([...values])
    const lookups = values.map((value) => ({ value, verdict: value === '10.0.0.1' ? 'malicious' : null }))
    return { lookups, total: lookups.length } as unknown as Output<K>
  }
  const on = (_topic: string, listener: () => void) => {
    changed = listener
    return () => undefined
  }
  return { asked, changed: () => changed(), call, on: on as never }
}

test('what stands on screen is asked at once, and again only when lists change', async () => {
  const wire = backend(1)
  const verdicts = createVerdicts(wire)
  verdicts.follow()
  const told = vi.fn()
  verdicts.subscribe(told)
  expect([verdicts.of('10.0.0.1'), verdicts.of('10.0.0.2')]).toEqual([null, null])
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce())
  expect([verdicts.of('10.0.0.1'), verdicts.of('10.0.0.2')]).toEqual(['malicious', null])
  expect(wire.asked).toEqual([['10.0.0.1', '10.0.0.2']])
  wire.changed()
  expect(verdicts.of('10.0.0.1')).toBeNull()
  await vi.waitFor(() => expect(wire.asked).toHaveLength(2))
})

test('nothing is looked up while no list holds an indicator', async () => {
  const wire = backend(0)
  const verdicts = createVerdicts(wire)
  verdicts.of('10.0.0.1')
  await new Promise((resolve) => setTimeout(resolve, 120))
  expect(wire.asked).toEqual([])
})
