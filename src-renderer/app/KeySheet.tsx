import { Dialog } from '@blueprintjs/core'
import { Cross } from '@blueprintjs/icons'
import { useAllCommands } from '../state/commands.ts'
import type { Command } from '../state/commands.ts'
import { Action } from '../ui/Action.tsx'
import { Keys } from '../ui/Kbd.tsx'
import { useFocusBack } from '../ui/useFocusBack.ts'

const groups: readonly Command['group'][] = ['Go to', 'Hunt', 'Evidence', 'Alerts', 'Map', 'SOC', 'Cases', 'Window']

/** Every key that works now: the commands of the window and of the view behind it. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const commands = useAllCommands()
  const focusBack = useFocusBack(open)
  const shown = commands.filter(
    ({ keys }, index) => keys !== undefined && commands.findLastIndex((other) => other.keys === keys) === index,
  )
  return (
    <Dialog
      isOpen={open}
      onClose={onClose}
      className="dialog key-sheet"
      aria-labelledby="keys-title"
      transitionDuration={80}
      {...focusBack}
    >
      <div className="line key-head">
        <h2 id="keys-title">Keyboard keys</h2>
        <span className="t3 sm grow">Single letters work outside text fields. Esc closes the top layer.</span>
        <Action quiet icon={<Cross size={13} />} label="Close" onClick={onClose} />
      </div>
      <div className="key-groups">
        {groups.map((group) => {
          const inGroup = shown.filter((command) => command.group === group)
          if (inGroup.length === 0) return null
          return (
            <section key={group}>
              <h3 className="t3 sm">{group}</h3>
              <dl>
                {inGroup.map(({ id, title, keys }) => (
                  <div key={id} className="key-line">
                    <dt className="clip">{title}</dt>
                    <dd>{keys && <Keys keys={keys} />}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
