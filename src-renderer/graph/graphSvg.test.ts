import { describe, expect, it } from 'vitest'
import { freeLabels } from './freeLabels.ts'
import { graphSvg } from './graphSvg.ts'
import type { Palette } from './palette.ts'
import { noteLines, type Scene } from './scene.ts'

const grey = (): string => '#888888'
const palette: Palette = {
  ...{ text: '#000000', text2: '#111111', surface: '#ffffff', line: '#cccccc', lineStrong: '#999999' },
  ...{ accent: '#0000ff', alert: '#ff8800', stroke: grey, fill: grey, tone: grey, soft: grey },
}
const node = (id: string, label: string, x: number, groupId: string | null = null): Scene['nodes'][number] => ({
  ...{ id, label, detail: '', icon: 'host', x, y: 0, size: 30, colour: 'neutral', ring: null, stack: false, groupId },
  ...{ weight: 1, dim: false },
})
const HOSTILE = '</text><script>alert("1")</script> & \u0000 \ud800'

describe('a drawing', () => {
  const scene: Scene = {
    nodes: [node('a', HOSTILE, 0, 'g'), node('b', 'b', 200)],
    edges: [
      {
        id: 'e',
        from: 'a',
        to: 'b',
        width: 2,
        label: HOSTILE,
        strong: true,
        colour: 'neutral',
        alert: false,
        dashed: true,
        directed: true,
        dim: false,
      },
    ],
    groups: [{ id: 'g', label: HOSTILE, colour: 'red' }],
    notes: [{ id: 'n', text: HOSTILE, by: 'M. Keller', x: 0, y: 200, colour: 'yellow' }],
  }

  it('is one SVG with title, legend and note, in which no text is markup', () => {
    const { svg } = graphSvg(scene, {
      palette,
      title: HOSTILE,
      legend: [{ icon: 'host', text: '2 hosts' }],
      note: 'nothing left out',
    })
    expect(svg).not.toContain('<script')
    expect(svg).not.toMatch(/[\u0000-\u0008\ud800-\udfff]/)
    for (const text of ['2 hosts', 'nothing left out', 'M. Keller', 'stroke-dasharray']) expect(svg).toContain(text)
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length)
  })

  it('breaks notes into lines that fit, and words that are too long', () => {
    const lines = noteLines({ text: `one two\n${'x'.repeat(70)}`, by: 'me' })
    expect(lines[0]).toBe('one two')
    expect(lines.at(-1)).toBe('me')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30)
  })

  it('draws no label over another', () => {
    const box = (x: number) => ({ x1: x, x2: x + 100, y1: 0, y2: 12 })
    expect(freeLabels([0, 50, 101, 120].map((x) => ({ item: x, box: box(x) })))).toEqual([0, 101])
  })
})
