import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { mapElement } from '#contract/maps'
import type { Store } from '../worker/pool.ts'

const sampleMap = z.object({ name: z.string(), description: z.string(), elements: z.array(mapElement) })

/** Gives a hunt the drawn map that ships with the program; its elements get ids of their own, as every map has. */
export async function openSampleMap(
  store: Store,
  { huntId, path, now }: { huntId: string; path: string; now: number },
): Promise<void> {
  let text = await readFile(path, 'utf8')
  const ids = new Set(sampleMap.parse(JSON.parse(text)).elements.map(({ id }) => id))
  for (const id of ids) text = text.replaceAll(id, randomUUID())
  const { name, description, elements } = sampleMap.parse(JSON.parse(text))
  await store.write.maps.create({ id: randomUUID(), huntId, name, description, elements }, now)
}
