import { z } from 'zod'
import { plainAddress } from './columns.ts'

/** An IPv4 or IPv6 address as a param; `::ffff:10.0.0.1` is `10.0.0.1`. */
export const address = z
  .string()
  .max(64)
  .transform((text) => plainAddress(text.trim()))
  .pipe(z.union([z.ipv4(), z.ipv6()], 'Not an IPv4 or IPv6 address'))
