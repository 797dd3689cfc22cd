import { useState } from 'react'
import { useCommand } from '../../backend/query.ts'
import { graphSvg, pngOf, type SvgOptions } from '../../graph/graphSvg.ts'
import { paletteOf } from '../../graph/palette.ts'
import type { Scene } from '../../graph/scene.ts'
import { rememberExport } from '../../state/ownExports.ts'

export type Picture = { scene: Scene } & Omit<SvgOptions, 'palette'>

/** Writes what is on screen to a file, with its legend, in the colours of the page. */
export function useSavePicture(hunt: string) {
  const save = useCommand('maps.savePicture')
  const [failed, setFailed] = useState<string | null>(null)
  async function run(format: 'svg' | 'png', { scene, ...words }: Picture): Promise<void> {
    setFailed(null)
    const drawn = graphSvg(scene, { ...words, palette: paletteOf(document.documentElement) })
    try {
      const data = format === 'svg' ? drawn.svg : await pngOf(drawn)
      const { jobId } = await save.mutateAsync({ huntId: hunt, name: words.title.slice(0, 200) || 'map', format, data })
      rememberExport(jobId)
    } catch (error) {
      setFailed(error instanceof Error ? error.message : 'The picture could not be drawn.')
    }
  }
  return { run: (format: 'svg' | 'png', picture: Picture) => void run(format, picture), failed, busy: save.isPending }
}
