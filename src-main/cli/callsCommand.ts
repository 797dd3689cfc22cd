import { z } from 'zod'
import { callNames, contract } from '#contract/contract'

/** Every call for programs, with its input and output as JSON Schema. */
export const callsForPrograms = () =>
  callNames.toSorted().map((name) => {
    const { kind, does, example, input, output } = contract[name]
    return {
      name,
      kind,
      does,
      example,
      input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
      output: z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }),
    }
  })

/** Every call for people. */
export const callsForPeople = (): string =>
  callNames
    .toSorted()
    .map(
      (name) =>
        `${name}\n    ${contract[name].does}\n    huntbench call ${name} '${JSON.stringify(contract[name].example)}'`,
    )
    .join('\n')
