import { layOut, type Layout, type LayoutInput } from './layout.ts'

/** A thread that places graphs; the page goes on meanwhile. */
export type LayoutAnswer = { id: number; layout: Layout }
export type LayoutQuestion = { id: number; input: LayoutInput }

addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const answer: LayoutAnswer = { id: data.id, layout: layOut(data.input) }
  postMessage(answer)
})
