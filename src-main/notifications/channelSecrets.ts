import type { Ports } from '../ports.ts'

type Kept = { id: string; kind: string; sealed: string | null }

/** Addresses of channels: sealed by the key ring of the system, or where there is none known until the program ends. */
export type ChannelSecrets = {
  /** Takes an address; answers what is stored of it. */
  keep(id: string, url: string): string | null
  forget(id: string): void
  /** The address; null when it is not known any more. */
  open(channel: Kept): string | null
  state(channel: Kept): 'kept' | 'this-run' | 'missing' | 'none'
}

export function createChannelSecrets({ secrets, log }: Pick<Ports, 'secrets' | 'log'>): ChannelSecrets {
  const inMemory = new Map<string, string>()
  function open({ id, sealed }: Kept): string | null {
    const known = inMemory.get(id)
    if (known !== undefined || sealed === null || !secrets.available) return known ?? null
    try {
      return secrets.open(sealed)
    } catch (error) {
      // Another user or computer sealed it.
      log('warn', `The address of channel ${id} cannot be opened`, error)
      return null
    }
  }
  return {
    keep(id, url) {
      inMemory.set(id, url)
      return secrets.available ? secrets.seal(url) : null
    },
    forget: (id) => void inMemory.delete(id),
    open,
    state: (channel) =>
      channel.kind === 'desktop'
        ? 'none'
        : open(channel) === null
          ? 'missing'
          : channel.sealed === null
            ? 'this-run'
            : 'kept',
  }
}
