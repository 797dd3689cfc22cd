import type { PanelShape } from '#contract/soc'
import { useSoc } from './soc.ts'

/** The columns of a part, as the program lists them. */
export function usePartColumns(panel: string, part: string): PanelShape['parts'][number]['columns'] {
  const { panels } = useSoc()
  return panels.find(({ id }) => id === panel)?.parts.find(({ name }) => name === part)?.columns ?? []
}
