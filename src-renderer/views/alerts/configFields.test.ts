import { expect, it } from 'vitest'
import { configFields } from './configFields.ts'

it('makes a field of every setting it understands, with its bounds', () => {
  const schema = {
    type: 'object',
    properties: {
      threshold: { type: 'number', minimum: 0, maximum: 8, description: 'Bits a character' },
      contacts: { type: 'integer', exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      ports: { type: 'array' },
      on: { type: 'boolean' },
      deep: { type: 'object' },
    },
  }
  expect(configFields(schema, { threshold: 4.5, contacts: 20, ports: [53, 88], on: true, deep: {} })).toEqual([
    { kind: 'number', key: 'threshold', label: 'Bits a character', initial: 4.5, min: 0, max: 8, whole: false },
    { kind: 'number', key: 'contacts', label: 'contacts', initial: 20, min: 0, max: undefined, whole: true },
    { kind: 'list', key: 'ports', label: 'ports', initial: [53, 88], numbers: true },
    { kind: 'boolean', key: 'on', label: 'on', initial: true },
  ])
})

it('shows nothing for a schema it does not understand', () => {
  expect(configFields(null, null)).toEqual([])
  expect(configFields({ properties: 'x' }, [])).toEqual([])
})
