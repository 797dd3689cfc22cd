import type { Failure } from './failure.ts'

/** What the page says. `id` is unique per connection; `cancel` names the call to stop. */
export type Request = { t: 'call'; id: number; name: string; input: unknown } | { t: 'cancel'; id: number }

/** What the application answers. Every call gets exactly one `ok` or `fail`. */
export type Reply =
  | { t: 'ok'; id: number; value: unknown }
  | { t: 'fail'; id: number; failure: Failure }
  | { t: 'event'; topic: string; payload: unknown }

/** The whole bridge: every shell carries these messages, and files by ticket, and nothing else. `F` is the browser's File. */
export interface Wire<F = { name: string; size: number }> {
  send(request: Request): void
  /** Returns the function that stops listening. */
  onReply(listener: (reply: Reply) => void): () => void
  /** Hands a file that the user chose or dropped to the application; the ticket stands for it in calls. The page never names a path. `name`: the file with its folder inside a dropped folder. */
  offerFile(file: F, name?: string): Promise<string>
}
