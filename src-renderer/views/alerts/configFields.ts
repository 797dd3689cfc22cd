/** What the analyst changed, by setting. */
export type FormValues = Readonly<Record<string, string | number | boolean | string[] | number[]>>

/** One setting of an analyzer as its JSON Schema describes it. */
export type ConfigField =
  | {
      kind: 'number'
      key: string
      label: string
      initial: number
      min: number | undefined
      max: number | undefined
      whole: boolean
    }
  | { kind: 'boolean'; key: string; label: string; initial: boolean }
  | { kind: 'list'; key: string; label: string; initial: (string | number)[]; numbers: boolean }
  | { kind: 'text'; key: string; label: string; initial: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOr = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined
/** Bounds that only say "a safe integer" are no bounds to show. */
const bound = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value

/** The settings that a form can show; what it does not understand is left out and keeps its default. */
export function configFields(schema: unknown, defaults: unknown): ConfigField[] {
  const properties = isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {}
  const initials = isRecord(defaults) ? defaults : {}
  return Object.entries(properties).flatMap(([key, property]): ConfigField[] => {
    if (!isRecord(property)) return []
    const label = typeof property['description'] === 'string' ? property['description'] : key
    const initial = initials[key]
    if (typeof initial === 'boolean') return [{ kind: 'boolean', key, label, initial }]
    if (typeof initial === 'string') return [{ kind: 'text', key, label, initial }]
    if (typeof initial === 'number') {
      const min = bound(numberOr(property['minimum']) ?? numberOr(property['exclusiveMinimum']))
      return [
        {
          kind: 'number',
          key,
          label,
          initial,
          min,
          max: bound(numberOr(property['maximum'])),
          whole: property['type'] === 'integer',
        },
      ]
    }
    if (Array.isArray(initial)) {
      const items = initial.filter((item) => typeof item === 'string' || typeof item === 'number')
      return items.length === initial.length
        ? [
            {
              kind: 'list',
              key,
              label,
              initial: items,
              numbers: items.every((item) => typeof item === 'number') && items.length > 0,
            },
          ]
        : []
    }
    return []
  })
}
