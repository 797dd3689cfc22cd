import { Menu, MenuItem } from '@blueprintjs/core'
import { Duplicate, SearchAround, Share } from '@blueprintjs/icons'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'

/** What a value of the console is looked for by, besides here. */
export type Entity = { kind: 'address' | 'ja4' | 'host' | 'text'; value: string }

/** The page of a value of the console; of a host its requests. */
export const entityLink = ({ kind, value }: { kind: Exclude<Entity['kind'], 'text'>; value: string }): string =>
  kind === 'address'
    ? link.socAddress(value)
    : kind === 'ja4'
      ? link.socJa4(value)
      : link.soc('traffic', { host: value })

/** From a value of the console: its page, the evidence of all hunts, the clipboard. */
export const EntityMenu = ({ entity: { kind, value } }: { entity: Entity }) => (
  <Menu aria-label={value}>
    {kind !== 'text' && (
      <MenuItem
        icon={<Share size={14} />}
        text={kind === 'address' ? 'Open the address' : kind === 'ja4' ? 'Open the JA4' : 'Its requests'}
        onClick={() => navigate(entityLink({ kind, value }))}
      />
    )}
    <MenuItem icon={<SearchAround size={14} />} text="Find in hunts" onClick={() => navigate(link.findIoc(value))} />
    <MenuItem
      icon={<Duplicate size={14} />}
      text="Copy"
      onClick={() => void navigator.clipboard.writeText(value).catch(() => undefined)}
    />
  </Menu>
)
