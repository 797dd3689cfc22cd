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
  /** Writes one line of the log. Never holds cell text of evidence. */
  log(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void
  clock(): Date
}
