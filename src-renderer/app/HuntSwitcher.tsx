import { CaretDown, FolderClose, FolderOpen } from '@blueprintjs/icons'
import { useCall } from '../backend/query.ts'
import { huntOf } from '../state/places.ts'
import { useRoute } from '../state/route.ts'
import { HuntMenu } from './HuntMenu.tsx'
import { Layer } from '../ui/Layer.tsx'

type HuntSwitcherProps = { hunt: string | null; layer: 'hunts' | 'new-hunt' | null; onOpen: (open: boolean) => void }

/** Names the hunt on screen and leads to the others. */
export function HuntSwitcher({ hunt, layer, onOpen }: HuntSwitcherProps) {
  const inHunt = huntOf(useRoute())
  const { data } = useCall('hunts.list', { limit: 500 })
  const { data: one } = useCall('hunts.get', inHunt ? { id: inHunt } : null)
  const current = inHunt !== null && one?.id === inHunt ? one : undefined
  const none = data?.total === 0 && inHunt === null
  const name = current?.name ?? (none ? 'No hunt yet' : inHunt ? '' : 'All hunts')
  return (
    <Layer
      isOpen={layer !== null}
      onInteraction={onOpen}
      placement="bottom-start"
      content={
        <HuntMenu
          key={layer}
          hunts={data?.hunts ?? []}
          current={hunt}
          creating={layer === 'new-hunt'}
          onClose={() => onOpen(false)}
        />
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className="hunt-switch"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={`Hunt: ${name}`}
        >
          {current ? (
            <span className={`square ${current.status}`} />
          ) : none ? (
            <FolderClose size={14} />
          ) : (
            <FolderOpen size={14} />
          )}
          <span className={current ? 'med clip grow' : 't2 clip grow'} title={name}>
            {name}
          </span>
          <CaretDown size={12} />
        </button>
      )}
    />
  )
}
