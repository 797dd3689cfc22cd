import { afterEach, expect, test, vi } from 'vitest'
import { createCommandRegistry, type Command } from '../state/commands.ts'
import { createHeldKeys } from './heldKeys.ts'

const told = () => new Promise<void>((resolve) => queueMicrotask(resolve))

/** A page whose text field has the focus when `focus` says so. */
function setUp() {
  const registry = createCommandRegistry()
  const done: string[] = []
  let ready = false
  const held = createHeldKeys(registry, { ready: () => ready, type: (keys) => done.push(...keys) })
  const focus = () => {
    ready = true
    held.focused()
  }
  const search: Command = {
    ...{ id: 'find', title: 'Search', group: 'Alerts', keys: '/' },
    run() {
      done.push('focus')
      focus()
    },
  }
  const create: Command = {
    ...{ id: 'new', title: 'New', group: 'Alerts', keys: 'n', opensField: true },
    run: () => void done.push('new'),
  }
  const press = (...keys: string[]) => keys.map((key) => held.take(key.toLowerCase(), key))
  return { registry, done, search, create, press, held, focus }
}

afterEach(() => void vi.useRealTimers())

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

test('N waits for the view, and what follows for the field that its command opens, however late each comes', async () => {
  const { registry, done, create, press, focus } = setUp()
  const here = registry.expect()
  expect(press('n', 'r', 'x')).toEqual([true, true, true])
  registry.add([create])
  await told()
  expect(done).toEqual(['new'])
  expect(press('e', 'Backspace', 'j')).toEqual([true, true, true])
  here()
  await told()
  expect(done).toEqual(['new'])
  focus()
  expect(done).toEqual(['new', 'r', 'x', 'j'])
  expect(press('r')).toEqual([false])
})

test('what follows the keys of a command that opens a field is text while the field is still coming', () => {
  const { registry, done, create, press, held, focus } = setUp()
  registry.add([create])
  expect(press('n')).toEqual([false])
  held.ran(create)
  expect(press('r', 'a')).toEqual([true, true])
  focus()
  expect(done).toEqual(['r', 'a'])
  held.ran({ id: 'x', title: 'X', group: 'Alerts', keys: 'x', run: () => undefined })
  expect(press('r')).toEqual([false])
})

test('a field that never comes drops what was typed, but not while a part of the view is on its way', () => {
  vi.useFakeTimers()
  const { registry, done, create, press, held, focus } = setUp()
  const here = registry.expect()
  held.ran(create)
  vi.advanceTimersByTime(60_000)
  expect(press('r')).toEqual([true])
  here()
  vi.advanceTimersByTime(2_000)
  expect(press('r')).toEqual([false])
  focus()
  expect(done).toEqual([])
})

test('a view without such a field, one in which the key does something else, and Escape drop what was typed', async () => {
  const { registry, done, search, press } = setUp()
  registry.expect()()
  const here = registry.expect()
  press('/', 'r')
  here()
  await told()
  const next = registry.expect()
  expect(press('/', 'r', 'Escape', 'r')).toEqual([true, true, true, false])
  press('n', 'r')
  registry.add([{ id: 'n', title: 'Next', group: 'Alerts', keys: 'n', run: () => void done.push('next') }])
  await told()
  expect(press('r')).toEqual([false])
  registry.add([search])
  next()
  await told()
  expect(done).toEqual([])
})

test('where the command is there, where nothing is on its way and within a sequence no key waits; others never begin to', () => {
  const { registry, search, press, held } = setUp()
  expect(press('/', 'n')).toEqual([false, false])
  registry.expect()
  expect(press('r', 'Enter', 'j')).toEqual([false, false, false])
  expect(held.take('n', 'n', true)).toBe(false)
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
