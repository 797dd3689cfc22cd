import { z } from 'zod'
import type { Request } from '#contract/wire'

const id = z.int().min(0)

const request = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('call'), id, name: z.string().min(1).max(200), input: z.unknown() }),
  z.strictObject({ t: z.literal('cancel'), id }),
])

/** What came over a wire as a request; undefined when it is none. The input of a call is the router's to judge. */
export function parseRequest(message: unknown): Request | undefined {
  const parsed = request.safeParse(message)
  if (!parsed.success) return undefined
  return parsed.data.t === 'call' ? { ...parsed.data, input: parsed.data.input } : parsed.data
}
