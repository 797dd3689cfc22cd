import { severities, type Severity } from '#contract/values'

/** The layer format that ATT&CK Navigator 5 reads, and the version of the techniques that ship with the program. */
const LAYER_VERSION = '4.5'
const NAVIGATOR_VERSION = '5.1.0'
const COLOURS: Record<Severity, string> = {
  critical: '#ff6673',
  high: '#f0953f',
  medium: '#e3c84f',
  low: '#6fb2f2',
  info: '#b8c0c8',
}
/** Techniques of a layer that are read; there are about 700. */
const TECHNIQUES_MAX = 5_000
const COMMENT_MAX = 2_000

export type LayerTechnique = { id: string; score: number; severity: Severity | null; comment: string }

/** An ATT&CK Navigator layer: techniques with how many alerts name them, coloured by the worst. */
export function layerOf(
  name: string,
  description: string,
  attack: string,
  techniques: readonly LayerTechnique[],
): object {
  const used = severities.filter((severity) => techniques.some((one) => one.severity === severity))
  return {
    name,
    versions: { attack, navigator: NAVIGATOR_VERSION, layer: LAYER_VERSION },
    domain: 'enterprise-attack',
    description,
    techniques: techniques.map(({ id, score, severity, comment }) => ({
      techniqueID: id,
      score,
      comment,
      enabled: true,
      showSubtechniques: id.includes('.'),
      ...(severity === null ? {} : { color: COLOURS[severity] }),
    })),
    gradient: {
      colors: ['#ffffff', '#6fb2f2'],
      minValue: 0,
      maxValue: Math.max(1, ...techniques.map(({ score }) => score)),
    },
    legendItems: used.map((severity) => ({ label: severity, color: COLOURS[severity] })),
    hideDisabled: false,
  }
}

/**
 * The techniques of a layer that somebody made; those that are switched off are left out. null: it is no layer. `wrong`: ids
 * that are none.
 */
export function techniquesOfLayer(
  json: string,
): { name: string; techniques: LayerTechnique[]; wrong: string[] } | null {
  let layer: unknown
  try {
    layer = JSON.parse(json.replace(/^\ufeff/, ''))
  } catch {
    return null
  }
  if (!isRecord(layer) || !Array.isArray(layer['techniques'])) return null
  const found = new Map<string, LayerTechnique>()
  const wrong = new Set<string>()
  for (const entry of layer['techniques'].slice(0, TECHNIQUES_MAX)) {
    if (!isRecord(entry) || entry['enabled'] === false) continue
    const id = entry['techniqueID']
    if (typeof id !== 'string' || !/^T\d{4}(\.\d{3})?$/.test(id)) {
      wrong.add(String(id).slice(0, 40))
      continue
    }
    const [score, comment] = [entry['score'], entry['comment']]
    const before = found.get(id)
    const text = typeof comment === 'string' ? comment.slice(0, COMMENT_MAX) : ''
    found.set(id, {
      id,
      score: Math.max(before?.score ?? 0, typeof score === 'number' && Number.isFinite(score) ? score : 0),
      severity:
        severities.find((one) => COLOURS[one] === String(entry['color']).toLowerCase()) ?? before?.severity ?? null,
      comment: text || (before?.comment ?? ''),
    })
  }
  const name = layer['name']
  return {
    name: typeof name === 'string' ? name.slice(0, 200) : '',
    techniques: [...found.values()],
    wrong: [...wrong],
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
