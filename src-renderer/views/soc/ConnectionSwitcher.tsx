import { useState } from 'react'
import { CaretDown, Cog } from '@blueprintjs/icons'
import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import type { Connection } from '#contract/connections'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { navigate, setParams } from '../../state/route.ts'
import { Layer } from '../../ui/Layer.tsx'

/** Which server the panels ask. */
export function ConnectionSwitcher({
  connections,
  current,
}: {
  connections: readonly Connection[]
  current: Connection
}) {
  const [open, setOpen] = useState(false)
  const choose = (id: string): void => setParams({ conn: id }, { replace: false })
  useCommands(
    connections.map(({ id, name }) => ({
      id: `soc.connection.${id}`,
      title: `Ask ${name}`,
      group: 'SOC',
      when: () => id !== current.id,
      run: () => choose(id),
    })),
  )
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={
        <Menu aria-label="Connection">
          {connections.map(({ id, name, url }) => (
            <MenuItem
              key={id}
              text={name}
              label={new URL(url).host}
              active={id === current.id}
              onClick={() => (choose(id), setOpen(false))}
            />
          ))}
          <MenuDivider />
          <MenuItem icon={<Cog size={13} />} text="Connections" onClick={() => navigate(link.connections())} />
        </Menu>
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className="soc-connection"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          aria-label={`Connection: ${current.name}`}
        >
          <span className="clip">{current.name}</span>
          <CaretDown size={11} />
        </button>
      )}
    />
  )
}
