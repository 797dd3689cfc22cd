type Stamped = { id: string; updatedAt: string }
type MapText = { version: 1; elements: Stamped[]; removed: Stamped[] }

/**
 * Several versions of a drawn map (JSON of the contract's mapDocument) as one, element by element: the later version of each
 * counts, and what was removed later than it was changed is gone. It does not matter in which order they come.
 */
export function mergeElements(texts: readonly string[]): string {
  const documents = texts.map((text): MapText => JSON.parse(text))
  const newest = (all: readonly Stamped[]): Map<string, Stamped> => {
    const byId = new Map<string, Stamped>()
    for (const one of all) {
      const known = byId.get(one.id)
      if (!known || isLater(one, known)) byId.set(one.id, one)
    }
    return byId
  }
  const elements = newest(documents.flatMap((document) => document.elements))
  const removed = newest(documents.flatMap((document) => document.removed))
  const stays = ({ id, updatedAt }: Stamped): boolean => (removed.get(id)?.updatedAt ?? '') <= updatedAt
  const inOrder = (all: Iterable<Stamped>): Stamped[] => [...all].sort((a, b) => (a.id < b.id ? -1 : 1))
  const merged: MapText = {
    version: 1,
    elements: inOrder(elements.values()).filter(stays),
    removed: inOrder(removed.values()),
  }
  return JSON.stringify(merged)
}

function isLater(one: Stamped, other: Stamped): boolean {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt
  return JSON.stringify(one) > JSON.stringify(other)
}
