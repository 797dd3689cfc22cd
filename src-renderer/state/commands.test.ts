import { expect, test, vi } from 'vitest'
import { createCommandRegistry } from './commands.ts'

test('the commands of a view are there while it is, after those of the window', () => {
  const registry = createCommandRegistry()
  const changed = vi.fn()
  registry.onChange(changed)
  const run = () => undefined
  registry.add([{ id: 'window', title: 'Window', group: 'Window', run }])
  const leave = registry.add([{ id: 'view', title: 'View', group: 'Alerts', run }])
  expect(registry.all().map(({ id }) => id)).toEqual(['window', 'view'])
  leave()
  expect(registry.all().map(({ id }) => id)).toEqual(['window'])
  expect(changed).toHaveBeenCalledTimes(3)
})
