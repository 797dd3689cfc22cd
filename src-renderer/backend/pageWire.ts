import type { Wire } from '#contract/wire'

/** `connecting`: never open yet. `lost`: was open or could not be opened, trying again. `refused`: there, but it does not know this page. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

export interface Connection {
  current(): ConnectionState
  /** Returns the function that stops listening. */
  onChange(listener: () => void): () => void
}

/** A wire whose connection can be watched. `path` names a file inside a dropped folder, where the shell can carry it. */
export interface PageWire extends Wire<File> {
  connection: Connection
  offerFile(file: File, path?: string): Promise<string>
  /** A ticket for previewing a large file before the whole of it is handed over; null where that takes no time. */
  offerBeginning(file: File, path?: string): Promise<string> | null
}
