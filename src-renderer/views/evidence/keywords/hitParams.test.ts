import { expect, test } from 'vitest'
import { hitParams, isNarrowed } from './hitParams.ts'

const ID = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f000a'

test('what the URL names narrows the hits, and what it does not understand is left out', () => {
  const read = (text: string) => hitParams('h', new URLSearchParams(text))
  expect(read('').input).toEqual({ huntId: 'h' })
  expect(isNarrowed(read('sort=time&dir=desc'))).toBe(false)
  expect(read(`theme=${ID}&host=WS1&q=a&sort=time&dir=desc`).input).toEqual({
    ...{ huntId: 'h', themeId: ID, host: 'WS1', text: 'a', sort: 'time', descending: true },
  })
  expect(read('theme=x&sort=nonsense&keyword=').input).toEqual({ huntId: 'h' })
})
