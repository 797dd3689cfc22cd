import type { Ports } from '../ports.ts'

type Kept = { id: string; hasPassword: boolean; sealed: string | null }

/** Passwords of connections: sealed by the key ring of the system, or where there is none known until the program ends. */
export type Passwords = {
  keyRing: boolean
  /** Takes a password; answers what is stored of it. */
  keep(id: string, password: string): Pick<Kept, 'hasPassword' | 'sealed'>
  forget(id: string): void
  /** The password, empty where there is none; null when it is not known any more. */
  open(connection: Kept): string | null
  state(connection: Kept): 'kept' | 'this-run' | 'missing' | 'none'
}

export function createPasswords({ secrets, log }: Pick<Ports, 'secrets' | 'log'>): Passwords {
  const inMemory = new Map<string, string>()
  function open({ id, hasPassword, sealed }: Kept): string | null {
    if (!hasPassword) return ''
    const known = inMemory.get(id)
    if (known !== undefined || sealed === null || !secrets.available) return known ?? null
    try {
      return secrets.open(sealed)
    } catch {
      // Another user or computer sealed it.
      log('warn', `The password of connection ${id} cannot be opened`)
      return null
    }
  }
  return {
    keyRing: secrets.available,
    keep(id, password) {
      if (password === '') {
        inMemory.delete(id)
        return { hasPassword: false, sealed: null }
      }
      inMemory.set(id, password)
      return { hasPassword: true, sealed: secrets.available ? secrets.seal(password) : null }
    },
    forget: (id) => void inMemory.delete(id),
    open,
    state: (connection) =>
      !connection.hasPassword
        ? 'none'
        : open(connection) === null
          ? 'missing'
          : connection.sealed === null
            ? 'this-run'
            : 'kept',
  }
}
