import type { CallName, Output, Parsed } from '#contract/contract'

export type CallContext = { signal: AbortSignal }
export type Handler<K extends CallName> = (input: Parsed<K>, context: CallContext) => Promise<Output<K>> | Output<K>

/** One handler for every call of the contract; the compiler names the missing ones. */
export type Handlers = { [K in CallName]: Handler<K> }

/** The handlers of one noun, for example `HandlersOf<'hunts'>`. */
export type HandlersOf<Noun extends string> = { [K in Extract<CallName, `${Noun}.${string}`>]: Handler<K> }
