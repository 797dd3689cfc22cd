import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

/** The inner width of an element in px, as it is now; 0 before it is there. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    const read = () => setWidth(current.clientWidth)
    read()
    const sizes = new ResizeObserver(read)
    sizes.observe(current)
    return () => sizes.disconnect()
  }, [element])
  return width
}
