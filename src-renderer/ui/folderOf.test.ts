import { expect, test } from 'vitest'
import { nameInFolder } from './folderOf.ts'

test('datasets of the same name are told apart by the folder or archive they came out of', () => {
  expect(nameInFolder({ name: 'events.csv', file: 'host-17/logs/events.csv' })).toBe('events.csv, host-17/logs')
  expect(nameInFolder({ name: 'Renamed', file: 'triage.zip/a.csv' })).toBe('Renamed, triage.zip')
  expect(nameInFolder({ name: 'events.csv', file: 'events.csv' })).toBe('events.csv')
})
