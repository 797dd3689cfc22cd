import { resolve } from 'node:path'
import type { Ports } from '../ports.ts'

/** What a shell supplies, for tests and benchmarks: no desktop, no secrets, no log. */
export function testPorts(folder: string): Ports {
  return {
    shell: 'headless',
    folder,
    resources: resolve(import.meta.dirname, '..', '..', 'resources'),
    version: '0.0.0-test',
    secrets: { available: false, seal: (text) => text, open: (sealed) => sealed },
    notify: () => undefined,
    placeFor: () => Promise.resolve('download'),
    log: () => undefined,
    clock: () => new Date(),
  }
}
