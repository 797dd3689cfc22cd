import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ENGINE_PACKAGES } from './localServer.ts'

it('the packages that people are told to install are those the tests run on', () => {
  const file = join(import.meta.dirname, '..', '..', 'test', 'clickhouse', 'engine', 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  expect({ ...manifest.dependencies, ...manifest.optionalDependencies }).toMatchObject(ENGINE_PACKAGES)
})
