import { expect, test, vi } from 'vitest'
import { createCommandRegistry } from '../state/commands.ts'
import { createHeldKeys } from './heldKeys.ts'

const told = () => new Promise<void>((resolve) => queueMicrotask(resolve))

function setUp() {
  const registry = createCommandRegistry()
  const done: string[] = []
  const held = createHeldKeys(registry, (keys) => done.push(...keys))
  const run = () => void done.push('focus')
  const search = { id: 'find', title: 'Search', group: 'Alerts', keys: '/', run } as const
  const press = (...keys: string[]) => keys.map((key) => held.take(key.toLowerCase(), key))
  return { registry, done, search, press }
}

test('/ and what is typed after it wait for the view that is on its way and go to its search field', async () => {
  const { registry, done, search, press } = setUp()
  const here = registry.expect()
  expect(press('/', 'g', 'E', 'x', 'Backspace', 'Enter')).toEqual([true, true, true, true, true, true])
  here()
  const tab = registry.expect()
  await told()
  expect(done).toEqual([])
  tab()
  registry.add([search])
  await told()
  expect(done).toEqual(['focus', 'g', 'E', 'Enter'])
  expect(press('g')).toEqual([false])
})

test('a view without a search field, and Escape, drop what was typed: none of it becomes a command', async () => {
  const { registry, done, search, press } = setUp()
  registry.expect()()
  const here = registry.expect()
  press('/', 'r')
  here()
  await told()
  const next = registry.expect()
  expect(press('/', 'r', 'Escape', 'r')).toEqual([true, true, true, false])
  registry.add([search])
  next()
  await told()
  expect(done).toEqual([])
})

test('where the field is there, and where nothing is on its way, / does not wait; no other key ever begins to', () => {
  const { registry, search, press } = setUp()
  expect(press('/')).toEqual([false])
  registry.expect()
  expect(press('r', 'Enter', 'j')).toEqual([false, false, false])
  registry.add([search])
  expect(press('/')).toEqual([false])
})

test('who listens to the commands hears that nothing more is expected', () => {
  const registry = createCommandRegistry()
  const heard = vi.fn()
  registry.onChange(heard)
  const [one, two] = [registry.expect(), registry.expect()]
  one()
  expect(heard).not.toHaveBeenCalled()
  two()
  expect(heard).toHaveBeenCalledOnce()
  expect(registry.expecting()).toBe(false)
})
