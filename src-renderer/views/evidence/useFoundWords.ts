import { useCallback, useMemo } from 'react'
import { soughtWords } from './soughtWords.ts'

/** Name of the marks for ::highlight(). */
const NAME = 'found'
/** Marks at most; a screen of cells holds fewer unless a single letter is sought. */
const MARKS_MAX = 2_000

/** Where the words stand in the cells of the grid and of the record below an element. */
function marksIn(root: HTMLElement, words: readonly string[]): Range[] {
  const marks: Range[] = []
  for (const cell of root.querySelectorAll('.grid-body .grid-text, .field-raw')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const whole = node.nodeValue ?? ''
      const text = whole.toLowerCase()
      // Letters that grow when they are made small: places would not be those of the text.
      if (text.length !== whole.length) continue
      for (const word of words) {
        for (
          let at = text.indexOf(word);
          at >= 0 && marks.length < MARKS_MAX;
          at = text.indexOf(word, at + word.length)
        ) {
          const mark = document.createRange()
          mark.setStart(node, at)
          mark.setEnd(node, at + word.length)
          marks.push(mark)
        }
      }
    }
  }
  return marks
}

/**
 * Ref of an element with a grid, and a record beside it: words that the query seeks in any cell are marked where they stand. The cells themselves
 * are not touched (CSS custom highlights), so that copying and selecting stay as they are.
 */
export function useFoundWords(query: string): (root: HTMLElement | null) => (() => void) | undefined {
  const words = useMemo(() => soughtWords(query), [query])
  return useCallback(
    (root) => {
      if (root === null || words.length === 0) return undefined
      let frame = 0
      const mark = () => {
        frame = 0
        CSS.highlights.set(NAME, new Highlight(...marksIn(root, words)))
      }
      const soon = () => {
        if (frame === 0) frame = requestAnimationFrame(mark)
      }
      const observer = new MutationObserver(soon)
      observer.observe(root, { subtree: true, childList: true, characterData: true })
      soon()
      return () => {
        observer.disconnect()
        cancelAnimationFrame(frame)
        CSS.highlights.delete(NAME)
      }
    },
    [words],
  )
}
