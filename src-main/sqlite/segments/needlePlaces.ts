/** Letters and signs by how often they stand in evidence (logs, paths, command lines), the most frequent first. */
const FREQUENT = 'e0a1-26i3n4or5789ts.lcd\\/mphubfgwCv kSWy_:xEAxDjRITPqz"=,%'
const rank = new Map([...FREQUENT].map((letter, n) => [letter.toLowerCase().charCodeAt(0), n]))

/** Two places of a text whose bytes are seldom seen together: the rarest one, and the rarest of the others. */
export function needlePlaces(text: Uint8Array): [number, number] {
  const places = [...text.keys()].sort((a, b) => rarity(text[b]) - rarity(text[a]))
  const [one = 0, other = one] = places
  return [one, other]
}

const rarity = (byte: number | undefined): number => rank.get(byte ?? 0) ?? FREQUENT.length
