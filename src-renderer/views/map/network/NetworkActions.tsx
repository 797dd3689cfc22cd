import { Menu, MenuItem } from '@blueprintjs/core'
import { CaretDown, Export } from '@blueprintjs/icons'
import type { NetworkPicture } from '#contract/networkMap'
import type { Scene } from '../../../graph/scene.ts'
import { Action } from '../../../ui/Action.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { useSavePicture, type Picture } from '../useSavePicture.ts'
import { leftOutText } from './LegendBar.tsx'
import { typeNoun } from './networkScene.ts'

/** What can be done with the whole picture. */
export function NetworkActions({ hunt, picture, scene }: { hunt: string; picture: NetworkPicture; scene: Scene }) {
  const save = useSavePicture(hunt)
  const drawn: Picture = {
    ...{ scene, title: 'Network map', note: leftOutText(picture) },
    legend: picture.types
      .filter(({ count }) => count > 0)
      .map(({ type, count }) => ({ icon: type, text: typeNoun(type, count) })),
  }
  return (
    <>
      {save.failed && <span className="tone-warn sm clip">{save.failed}</span>}
      <Layer
        content={
          <Menu aria-label="Export">
            <MenuItem text="Picture (PNG)" onClick={() => save.run('png', drawn)} />
            <MenuItem text="Drawing (SVG)" onClick={() => save.run('svg', drawn)} />
          </Menu>
        }
      >
        <Action icon={<Export size={14} />} endIcon={<CaretDown size={11} />} busy={save.busy}>
          Export
        </Action>
      </Layer>
    </>
  )
}
