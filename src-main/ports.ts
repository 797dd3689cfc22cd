/** What a shell supplies to the application. Everything that differs between Electron, the headless server and the terminal is here. */
export type Ports = {
  shell: 'electron' | 'headless' | 'cli'
  /** Folder of the workspace; created when missing. */
  folder: string
  /** Folder that holds samples/ and the other read-only files of the program. */
  resources: string
  version: string
  /** The secret store of the operating system; `available` is false where there is none. */
  secrets: { available: boolean; seal(text: string): string; open(sealed: string): string }
  /** Shows a message of the desktop; does nothing where there is no desktop. */
  notify(title: string, body: string): void
  /**
   * Where a file of this name for the person goes: a path they chose, 'download' where a browser fetches it, 'folder' for the
   * folder exports of the workspace; null when they changed their mind.
   */
  placeFor(name: string): Promise<{ path: string } | 'download' | 'folder' | null>
  /** Writes one line of the log. Never holds cell text of evidence. */
  log(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void
  clock(): Date
}
