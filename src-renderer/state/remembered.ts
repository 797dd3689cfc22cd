/** What this window remembers over a restart beside the settings. Without storage (private mode) it forgets. */
export function remembered(key: 'theme' | 'hunt'): string | null {
  try {
    return localStorage.getItem(`huntbench.${key}`)
  } catch {
    return null
  }
}

export function remember(key: 'theme' | 'hunt', value: string): void {
  try {
    localStorage.setItem(`huntbench.${key}`, value)
  } catch {
    // Nothing depends on it.
  }
}
