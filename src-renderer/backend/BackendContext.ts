import { createContext, use, useSyncExternalStore } from 'react'
import type { Backend } from './backend.ts'
import type { ConnectionState } from './pageWire.ts'

const BackendContext = createContext<Backend | null>(null)

export const BackendProvider = BackendContext.Provider

export function useBackend(): Backend {
  const backend = use(BackendContext)
  if (!backend) throw new Error('BackendProvider is missing above this component')
  return backend
}

export function useConnection(): ConnectionState {
  const { connection } = useBackend()
  return useSyncExternalStore(connection.onChange, connection.current)
}
