/** Keys that are remembered; the one used longest ago is forgotten first. */
const KEYS_MAX = 1_000

/** Gives every key the same one of the `places` again and again, the one that `best` chooses the first time. */
export function createAffinity<T>(places: readonly T[], best: (places: readonly T[]) => T): (key: string) => T {
  const chosen = new Map<string, T>()
  return (key) => {
    const place = chosen.get(key) ?? best(places)
    chosen.delete(key)
    chosen.set(key, place)
    for (const oldest of chosen.keys()) {
      if (chosen.size <= KEYS_MAX) break
      chosen.delete(oldest)
    }
    return place
  }
}
