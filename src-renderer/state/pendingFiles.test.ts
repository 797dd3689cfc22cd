import { expect, test, vi } from 'vitest'
import { createPendingFiles } from './pendingFiles.ts'

const file = (path: string) => ({ file: new File(['a,b'], path.split('/').at(-1) ?? ''), path })

test('files wait until they are taken, each path once', () => {
  const pending = createPendingFiles()
  const changed = vi.fn()
  pending.onChange(changed)
  pending.add([file('case/a.csv'), file('case/b.csv')])
  pending.add([file('case/a.csv'), file('c.csv')])
  expect(pending.current().map(({ path }) => path)).toEqual(['case/a.csv', 'case/b.csv', 'c.csv'])
  pending.remove(pending.current().slice(0, 1))
  expect(pending.current().map(({ path }) => path)).toEqual(['case/b.csv', 'c.csv'])
  pending.clear()
  expect(pending.current()).toEqual([])
  expect(changed).toHaveBeenCalledTimes(4)
})

test('files of a folder wait in the order of their names, numbers as numbers, behind those that were there', () => {
  const pending = createPendingFiles()
  pending.add([file('z.csv')])
  pending.add(['host/f10.csv', 'host/f9.csv', 'Host/a.csv', 'b.csv'].map(file))
  expect(pending.current().map(({ path }) => path)).toEqual([
    'z.csv',
    'b.csv',
    'Host/a.csv',
    'host/f9.csv',
    'host/f10.csv',
  ])
})
