type Key = 'theme' | `dataset.${string}` | `columns.${string}`

/** What this window remembers beside the settings: colours, the dataset that was open last in each hunt, and how columns were laid out. Without storage (private mode) it forgets. */
export function remembered(key: Key): string | null {
  try {
    return localStorage.getItem(`huntbench.${key}`)
  } catch {
    return null
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(`huntbench.${key}`, value)
  } catch {
    // Nothing depends on it.
  }
}
