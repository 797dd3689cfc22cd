import type { z } from 'zod'

export type Schema = z.ZodType

/** A call: `query` changes nothing, `command` does. `does` is the sentence and `example` the input shown by `huntbench calls`. */
export type Call<I extends Schema = Schema, O extends Schema = Schema> = {
  kind: 'query' | 'command'
  does: string
  input: I
  output: O
  example: unknown
}
export type Topic<P extends Schema = Schema> = { kind: 'topic'; does: string; payload: P }

export const query = <I extends Schema, O extends Schema>(does: string, input: I, output: O, example: z.input<I>) => ({
  kind: 'query' as const,
  does,
  input,
  output,
  example,
})

export const command = <I extends Schema, O extends Schema>(
  does: string,
  input: I,
  output: O,
  example: z.input<I>,
) => ({
  kind: 'command' as const,
  does,
  input,
  output,
  example,
})

export const topic = <P extends Schema>(does: string, payload: P) => ({ kind: 'topic' as const, does, payload })
