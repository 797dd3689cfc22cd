export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

/** The name of a key press in the language of commands: `ctrl+k`, `?`, `shift+f6`. Shift is said only where it changes no character. */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const plain = key === ' ' ? 'space' : key.toLowerCase()
  const shift = shiftKey && (key.length > 1 || /[a-z]/i.test(key))
  return [ctrlKey || metaKey ? 'ctrl' : '', altKey ? 'alt' : '', shift ? 'shift' : '', plain].filter(Boolean).join('+')
}

/** Whether keys are typed into text there: single letters and the like are text then. */
export const isTextKey = (name: string): boolean => !/^(ctrl|alt)\+/.test(name) && !/^(shift\+)?f\d+$/.test(name)

/** `full`: these presses are one of the ways of `keys`. `begun`: they are the start of one. */
export function matchKeys(keys: string, presses: readonly string[]): 'full' | 'begun' | null {
  let begun = false
  for (const way of keys.split(' or ')) {
    const steps = way.split(' ')
    if (!presses.every((press, index) => steps[index] === press)) continue
    if (steps.length === presses.length) return 'full'
    begun ||= steps.length > presses.length
  }
  return begun ? 'begun' : null
}
