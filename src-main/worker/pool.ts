import { AppError } from '#contract/appError'
import type { Ports } from '../ports.ts'
import type { Role, WorkerSetup } from './messages.ts'
import type { RemoteReads, RemoteTasks, RemoteWrites } from './procedures.ts'
import { createAffinity } from './affinity.ts'
import { startThread, type Call, type Thread } from './thread.ts'

/** Readers: one question never waits for another's long sort unless all are busy. All but the first start when they are needed. */
const READERS = 2
/** Imports and analyses at once; each may use further threads of its own. */
const TASKS = 2
/** A task thread that had nothing to do for so long, in milliseconds, is ended: idle memory. */
const TASK_IDLE_MS = 20_000

export type CallOptions = {
  signal?: AbortSignal | undefined
  /** Questions about the same dataset go to the same reader, which keeps its sorted views. */
  key?: string | undefined
  onProgress?: ((state: unknown) => void) | undefined
}

/** The store: everything that touches SQLite or files of evidence happens in these threads. */
export type Store = {
  read(options?: CallOptions): RemoteReads
  write: RemoteWrites
  task(options?: CallOptions): RemoteTasks
  /** Starts a task thread that will be wanted soon, so that nobody waits for it. */
  prepare(): void
  /** For work that nobody waits for, one piece at a time: it keeps nobody from a thread of their own. */
  background(options?: CallOptions): RemoteTasks
  /** Whom to tell of a dataset that was opened without segments, or with some that are not to be believed. */
  onUnprepared(listener: (datasetId: string) => void): void
  /** Makes every thread that has a dataset open look for its new segments. */
  renewSegments(id: string): Promise<void>
  /** Closes a dataset file in every thread, so that it can be deleted on every platform. */
  closeDataset(id: string): Promise<void>
  /** Ends all threads after what is still to be written. Calls that wait or come later fail with AppError 'unavailable'. */
  close(): Promise<void>
}

export type StoreFolders = Omit<WorkerSetup, 'role' | 'stop'>

type Slot = {
  thread: Thread | null
  starting: Promise<Thread> | null
  queue: Queued[]
  busy: boolean
  /** Ends when the queue is empty. */
  working: Promise<void>
  idle: NodeJS.Timeout | null
}
type Queued = { call: Call; resolve(value: unknown): void; reject(error: unknown): void }

/** Opens the store: starts the writer (which migrates the workspace) and then the readers. AppError as in startThread. */
export async function openStore(folders: StoreFolders, log: Ports['log']): Promise<Store> {
  let unprepared: (datasetId: string) => void = () => undefined
  const begin = (role: Role): Promise<Thread> =>
    startThread(
      { ...folders, role },
      (message, detail) => log('error', message, detail),
      (id) => unprepared(id),
    )
  const slot = (thread: Thread | null): Slot => ({
    ...{ thread, starting: null, queue: [], busy: false, idle: null },
    working: Promise.resolve(),
  })
  const writer = slot(await begin('writer'))
  const readers = [slot(await begin('reader')), ...Array.from({ length: READERS - 1 }, () => slot(null))]
  const readerOf = createAffinity(readers, leastLoaded)
  /** Questions that any reader may answer. */
  const questions: Queued[] = []
  const taskers = Array.from({ length: TASKS }, () => slot(null))
  const waitingTasks: Queued[] = []
  const behind = slot(null)
  let closed = false

  function threadOf(target: Slot, role: Role): Promise<Thread> {
    if (target.thread?.alive()) return Promise.resolve(target.thread)
    target.starting ??= begin(role)
      .then((thread) => (target.thread = thread))
      // A start that failed must not fail every call that comes later.
      .finally(() => (target.starting = null))
    return target.starting
  }

  async function work(target: Slot, role: Role, queues: readonly Queued[][]): Promise<void> {
    target.busy = true
    if (target.idle) clearTimeout(target.idle)
    while (queues.some((queue) => queue.length > 0)) {
      // While a thread starts, one that is there may answer what waits.
      const thread = await threadOf(target, role).catch((error: unknown) => ({ failed: error }))
      const next = queues.find((queue) => queue.length > 0)?.shift()
      if (!next) break
      try {
        if ('failed' in thread) throw thread.failed
        next.resolve(await thread.run(next.call))
      } catch (error) {
        next.reject(closed && role !== 'writer' ? closing() : error)
      }
    }
    target.busy = false
    rest(target, role)
  }

  function begun(target: Slot, role: Role, ...queues: Queued[][]): void {
    if (!target.busy) target.working = work(target, role, queues)
  }

  function rest(target: Slot, role: Role): void {
    if (role !== 'task' || closed || target.busy) return
    target.idle = setTimeout(() => void retire(target), TASK_IDLE_MS).unref()
  }

  async function retire(target: Slot): Promise<void> {
    const { thread } = target
    if (target.busy || !thread) return
    target.thread = null
    await thread.end()
  }

  async function enqueue(queue: Queued[], call: Call, start: () => void): Promise<unknown> {
    if (closed) throw closing()
    if (call.signal?.aborted) throw new AppError('cancelled', 'Cancelled.')
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const entry: Queued = { call, resolve, reject }
    const leave = (): void => {
      const at = queue.indexOf(entry)
      if (at < 0) return
      queue.splice(at, 1)
      reject(new AppError('cancelled', 'Cancelled.'))
    }
    call.signal?.addEventListener('abort', leave)
    queue.push(entry)
    start()
    try {
      return await promise
    } finally {
      // Jobs make many calls with one signal.
      call.signal?.removeEventListener('abort', leave)
    }
  }

  const toReader = (options: CallOptions) => (call: Call) => {
    if (options.key !== undefined) {
      const target = readerOf(options.key)
      return enqueue(target.queue, call, () => begun(target, 'reader', target.queue, questions))
    }
    return enqueue(questions, call, () => {
      const free = best(readers)
      if (free) begun(free, 'reader', free.queue, questions)
    })
  }
  const toWriter = (call: Call): Promise<unknown> =>
    enqueue(writer.queue, call, () => begun(writer, 'writer', writer.queue))
  const toTask = (call: Call): Promise<unknown> =>
    enqueue(waitingTasks, call, () => {
      const free = best(taskers)
      if (free) begun(free, 'task', waitingTasks)
    })

  /** A task thread that is there and idle takes it, where another one is left for who comes next; else a thread of its own. */
  const toBackground = (call: Call): Promise<unknown> =>
    enqueue(behind.queue, call, () => {
      if (behind.busy) return
      const idle = taskers.filter(({ busy }) => !busy)
      const free = idle.length > 1 ? idle.find(({ thread }) => thread !== null) : undefined
      begun(free ?? behind, 'task', behind.queue)
    })
  /** Who was not started holds nothing open. */
  async function toOpenReaders(call: Call): Promise<void> {
    const started = readers.filter(({ thread, starting }) => thread !== null || starting !== null)
    await Promise.all(
      started.map((target) =>
        enqueue(target.queue, { ...call }, () => begun(target, 'reader', target.queue, questions)),
      ),
    )
  }

  return {
    read: (options = {}) => remote<RemoteReads>(toReader(options), options),
    write: remote<RemoteWrites>(toWriter, {}),
    task: (options = {}) => remote<RemoteTasks>(toTask, options),
    prepare() {
      const [first] = taskers
      if (closed || !first || taskers.some(({ busy, thread }) => busy || thread !== null)) return
      void threadOf(first, 'task').then(
        () => rest(first, 'task'),
        () => undefined,
      )
    },
    background: (options = {}) => remote<RemoteTasks>(toBackground, options),
    onUnprepared: (listener) => void (unprepared = listener),
    renewSegments: (id) => toOpenReaders({ noun: 'rows', method: 'renewSegments', args: [id] }),
    closeDataset: (id) => toOpenReaders({ noun: 'rows', method: 'close', args: [id] }),
    async close() {
      closed = true
      for (const queue of [...readers.map((target) => target.queue), questions, waitingTasks, behind.queue])
        for (const entry of queue.splice(0)) entry.reject(closing())
      for (const target of [...readers, ...taskers, behind]) {
        if (target.idle) clearTimeout(target.idle)
        await target.starting?.catch(() => undefined)
        await target.thread?.end()
      }
      // What a person changed a moment ago is still written.
      await writer.working
      await writer.thread?.end()
    },
  }
}

const closing = (): AppError => new AppError('unavailable', 'The program is closing.')

/** One with nothing to do: where there is one, with a thread, or one that starts already. */
const best = (slots: readonly Slot[]): Slot | undefined => {
  const idle = slots.filter(({ busy }) => !busy)
  return idle.find(({ thread }) => thread !== null) ?? idle.find(({ starting }) => starting !== null) ?? idle[0]
}

const leastLoaded = (slots: readonly Slot[]): Slot => {
  const [first, ...rest] = slots
  if (!first) throw new AppError('internal', 'There are no readers.')
  const load = (slot: Slot): number => slot.queue.length + (slot.busy ? 1 : 0)
  return rest.reduce((least, slot) => (load(slot) < load(least) ? slot : least), first)
}

/** Turns `remote.noun.method(...args)` into a call; the type is derived from the procedures, so nothing is forwarded by hand. */
function remote<T>(run: (call: Call) => Promise<unknown>, options: CallOptions): T {
  // A promise that resolves to one of these asks it for `then`; answering would make it a promise itself.
  const named = <V>(make: (name: string) => V) =>
    new Proxy({}, { get: (_target, name) => (typeof name !== 'string' || name === 'then' ? undefined : make(name)) })
  const { signal, onProgress } = options
  return named((noun) =>
    named(
      (method) =>
        (...args: unknown[]) =>
          run({ noun, method, args, signal, onProgress }),
    ),
  ) as T
}
