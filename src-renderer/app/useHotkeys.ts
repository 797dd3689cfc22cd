import { useEffect } from 'react'
import { useCommandRegistry } from '../state/commands.ts'
import { createHeldKeys } from './heldKeys.ts'
import { isTextKey, keyName, matchKeys } from './matchKeys.ts'
import { typeKeys } from './typeKeys.ts'

/** Between G and the letter of a place, as they were typed: a window that was busy in between has not made the person slow. */
const SEQUENCE_MS = 1_200

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)))

/** A dialog or pop-over has the keys to itself; only those with Ctrl, Alt or F still reach the window. */
const inLayer = (target: EventTarget | null) => target instanceof Element && target.closest('.bp6-portal') !== null

/** Runs the command whose keys are pressed. Where two have the same keys, the one that came last (the view's) goes first. */
export function useHotkeys(): void {
  const registry = useCommandRegistry()
  useEffect(() => {
    // Where the focus was when the last command was called: a field of the view under a dialog is not the dialog's.
    let under: Element | null = null
    const held = createHeldKeys(registry, {
      ready: () => typesText(document.activeElement) && (document.activeElement !== under || inLayer(under)),
      type: typeKeys,
    })
    let presses: string[] = []
    let last = 0
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
      const name = keyName(event)
      if (isTextKey(name) && !held.waiting() && (typesText(event.target) || inLayer(event.target))) return
      if (event.timeStamp - last > SEQUENCE_MS) presses = []
      if (isTextKey(name) && held.take(name, event.key, presses.length > 0)) return event.preventDefault()
      last = event.timeStamp
      const commands = registry.all().filter(({ keys, when }) => keys !== undefined && (when?.() ?? true))
      for (const tried of presses.length > 0 ? [[...presses, name], [name]] : [[name]]) {
        const command = commands.findLast(({ keys }) => keys !== undefined && matchKeys(keys, tried) === 'full')
        if (command) {
          event.preventDefault()
          presses = []
          under = document.activeElement
          command.run()
          return held.ran(command)
        }
        if (commands.some(({ keys }) => keys !== undefined && matchKeys(keys, tried) === 'begun')) {
          presses = tried
          return
        }
      }
      presses = []
    }
    // A field that gets the focus while it is drawn takes text only when that is done.
    const onFocus = ({ target }: FocusEvent) => {
      if (typesText(target)) queueMicrotask(() => held.focused())
    }
    addEventListener('keydown', onKey)
    addEventListener('focusin', onFocus)
    return () => {
      held.stop()
      removeEventListener('keydown', onKey)
      removeEventListener('focusin', onFocus)
    }
  }, [registry])
}
