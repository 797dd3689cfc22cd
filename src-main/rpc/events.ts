import type { Payload, TopicName } from '#contract/contract'

type Listener = (topic: TopicName, payload: unknown) => void

/** Announces what changed to every connection. Events tell state; they never drive what the application does next. */
export type Events = {
  emit<K extends TopicName>(topic: K, payload: Payload<K>): void
  /** Returns the function that stops listening. */
  on(listener: Listener): () => void
}

export function createEvents(): Events {
  const listeners = new Set<Listener>()
  return {
    emit(topic, payload) {
      for (const listener of listeners) listener(topic, payload)
    },
    on(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
