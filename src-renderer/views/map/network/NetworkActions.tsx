import { Menu, MenuItem } from '@blueprintjs/core'
import { CaretDown, Export, FloppyDisk } from '@blueprintjs/icons'
import type { NetworkPicture } from '#contract/networkMap'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import type { Scene } from '../../../graph/scene.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { useSavePicture, type Picture } from '../useSavePicture.ts'
import { takenOver } from './takenOver.ts'
import { leftOutText } from './LegendBar.tsx'
import type { NetworkParams } from './networkParams.ts'
import { looksText, typeNoun } from './networkScene.ts'

/** What can be done with the whole picture. */
export function NetworkActions({
  hunt,
  params,
  picture,
  scene,
}: {
  hunt: string
  params: NetworkParams
  picture: NetworkPicture
  scene: Scene
}) {
  const name = useCall('hunts.get', { id: hunt }).data?.name
  const save = useSavePicture(hunt)
  const create = useCommand('maps.create')
  const drawn: Picture = {
    ...{ scene, title: name === undefined ? 'Network map' : `${name}: network map` },
    note: [leftOutText(picture), ...looksText(params, scene)].join(' · '),
    legend: picture.types
      .filter(({ count }) => count > 0)
      .map(({ type, count }) => ({ icon: type, text: typeNoun(type, count) })),
  }
  return (
    <>
      <FailureLine failure={create.error} />
      <Action
        icon={<FloppyDisk size={14} />}
        busy={create.isPending}
        title="Draw on it: a map that stays as it is placed"
        onClick={() =>
          create.mutate(
            { huntId: hunt, name: 'Map of the network', elements: takenOver(picture, scene) },
            { onSuccess: ({ id }) => navigate(link.maps(hunt, id)) },
          )
        }
      >
        Save as map
      </Action>
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
