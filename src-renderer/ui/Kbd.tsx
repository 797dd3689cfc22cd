const words: Record<string, string> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}
const keyWord = (key: string) => words[key] ?? (key.length === 1 || /^f\d+$/.test(key) ? key.toUpperCase() : key)

/** `ctrl+k` -> `Ctrl K`, `g o` -> `G O`, `e or enter` -> `E` or `Enter`. */
export const Keys = ({ keys }: { keys: string }) => (
  <span className="keys">
    {keys.split(' or ').map((way, index) => (
      <span key={way} className="keys">
        {index > 0 && <span className="t3">or</span>}
        {way.split(' ').map((step) => (
          <Kbd key={step}>
            {step
              .split(/\+(?=.)/)
              .map(keyWord)
              .join(' ')}
          </Kbd>
        ))}
      </span>
    ))}
  </span>
)

export const Kbd = ({ children }: { children: string }) => <kbd className="kbd">{children}</kbd>
