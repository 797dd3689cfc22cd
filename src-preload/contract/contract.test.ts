import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callNames, contract, isCallName } from './contract.ts'
import { failure } from './failure.ts'
import { failureCodes } from './values.ts'

/** Longest sentence that fits the list of calls in a terminal and a palette. */
const SENTENCE_MAX = 200

/** Numbers that say themselves what they count. Every other number names its unit, origin or range. */
const OBVIOUS = new Set([
  ...['hunts', 'datasets', 'rows', 'columns', 'alerts', 'quarantined', 'ready', 'importing', 'failed', 'updated'],
  ...['limit', 'total', 'count', 'distinct', 'empty', 'critical', 'high', 'buckets', 'bucketSeconds'],
  ...['rowsWithoutTime', 'hostTotal', 'evidenceTotal', 'severityCounts', 'statusCounts', 'analyzerCounts'],
])

type JsonSchema = {
  type?: string
  description?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  additionalProperties?: JsonSchema | boolean
}

/** Paths of numbers that neither carry a description nor have a name that needs none. */
function unexplainedNumbers(schema: JsonSchema, path: string[], told = false): string[] {
  const explained = told || schema.description !== undefined
  const inner = (part: JsonSchema | undefined, more: string[] = []) =>
    part === undefined ? [] : unexplainedNumbers(part, [...path, ...more], explained)
  const isNumber = schema.type === 'number' || schema.type === 'integer'
  return [
    ...(isNumber && !explained && !OBVIOUS.has(path.at(-1) ?? '') ? [path.join('.')] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => inner(part, [key])),
    ...(schema.anyOf ?? []).flatMap((part) => inner(part)),
    ...inner(schema.items),
    ...(typeof schema.additionalProperties === 'object' ? inner(schema.additionalProperties) : []),
  ]
}

/** What crosses the wire in this entry, by part. Throws where a value has no JSON form (dates, maps, functions, bigints). */
function jsonSchemas(name: keyof typeof contract): Record<string, JsonSchema> {
  const entry = contract[name]
  if (entry.kind === 'topic') return { payload: z.toJSONSchema(entry.payload, { io: 'output' }) as JsonSchema }
  return {
    input: z.toJSONSchema(entry.input, { io: 'input' }) as JsonSchema,
    output: z.toJSONSchema(entry.output, { io: 'output' }) as JsonSchema,
  }
}

const names = Object.keys(contract) as (keyof typeof contract)[]

describe.each(names)('%s', (name) => {
  const entry = contract[name]

  test('is named noun.verb, and a topic says what changed', () => {
    expect(name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
    expect(name.endsWith('.changed')).toBe(entry.kind === 'topic')
  })

  test('is explained by a sentence', () => {
    expect(entry.does).toMatch(/^[A-Z].*\.$/)
    expect(entry.does.length).toBeLessThan(SENTENCE_MAX)
  })

  test('carries JSON values only, and its numbers say what they are', () => {
    const unexplained = Object.entries(jsonSchemas(name)).flatMap(([part, schema]) =>
      unexplainedNumbers(schema, [part]),
    )
    expect(unexplained).toEqual([])
  })

  test('has an example that it accepts', () => {
    if (entry.kind === 'topic') return
    expect(entry.input.safeParse(entry.example)).toMatchObject({ success: true })
    expect(JSON.parse(JSON.stringify(entry.example))).toEqual(entry.example)
  })
})

describe('the contract', () => {
  test('counts every call once and no topic as a call', () => {
    expect(callNames.length).toBe(new Set(callNames).size)
    expect(callNames.filter((name) => contract[name].kind === ('topic' as string))).toEqual([])
    expect(names.length - callNames.length).toBe(names.filter((name) => contract[name].kind === 'topic').length)
  })

  test('knows no call by an inherited or invented name', () => {
    for (const name of ['toString', '__proto__', 'constructor', 'hunts.explode', 'hunts.changed', ''])
      expect(isCallName(name)).toBe(false)
  })

  test('refuses failure codes that are not on the list', () => {
    expect(new Set(failureCodes).size).toBe(failureCodes.length)
    for (const code of failureCodes) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(failure.safeParse({ code, message: 'x' }).success).toBe(true)
    }
    expect(failure.safeParse({ code: 'surprise', message: 'x' }).success).toBe(false)
  })
})
