import type { Palette } from './palette.ts'
import { GROUP_PADDING, NOTE_LINE, NOTE_WIDTH } from './scene.ts'

type Rule = { selector: string; style: Record<string, string | number> }

/** How elements look; what differs from one to the next stands in their data. */
export function canvasStyle(palette: Palette): Rule[] {
  const { text, text2, surface, accent, alert, lineStrong } = palette
  const font = getComputedStyle(document.body).fontFamily
  return [
    {
      selector: 'node',
      style: {
        ...{ width: 'data(size)', height: 'data(size)', shape: 'data(shape)', 'background-color': 'data(fill)' },
        ...{
          'border-width': 1.6,
          'border-color': 'data(stroke)',
          'font-family': font,
          color: text,
          'overlay-opacity': 0,
        },
        ...{ 'text-valign': 'bottom', 'text-halign': 'center', 'text-wrap': 'wrap', 'text-max-width': 260 },
        ...{ 'text-outline-color': surface, 'font-size': 11, 'text-events': 'no' },
      },
    },
    { selector: 'node[points]', style: { shape: 'polygon', 'shape-polygon-points': 'data(points)' } },
    { selector: 'node.named', style: { label: 'data(text)' } },
    { selector: 'node[?stack]', style: { 'border-style': 'double', 'border-width': 5 } },
    {
      selector: 'node[ring = "alert"]',
      style: { 'underlay-color': alert, 'underlay-opacity': 0.45, 'underlay-padding': 5, 'underlay-shape': 'ellipse' },
    },
    {
      selector: 'node[ring = "malicious"]',
      style: {
        'underlay-color': palette.tone('red'),
        'underlay-opacity': 0.6,
        'underlay-padding': 6,
        'underlay-shape': 'ellipse',
      },
    },
    {
      selector: 'node[ring = "suspicious"]',
      style: {
        'underlay-color': palette.tone('yellow'),
        'underlay-opacity': 0.5,
        'underlay-padding': 6,
        'underlay-shape': 'ellipse',
      },
    },
    {
      selector: ':parent',
      style: {
        ...{
          shape: 'round-rectangle',
          'background-color': 'data(fill)',
          'background-opacity': 0.35,
          'border-style': 'dashed',
        },
        ...{
          'border-width': 1,
          'border-color': 'data(stroke)',
          color: 'data(stroke)',
          label: 'data(text)',
          padding: GROUP_PADDING,
        },
        ...{ 'text-valign': 'top', 'text-margin-y': -4, 'font-weight': 600, 'font-size': 12, 'text-outline-width': 0 },
      },
    },
    {
      selector: 'node[note]',
      style: {
        ...{
          shape: 'rectangle',
          width: NOTE_WIDTH,
          height: 'data(height)',
          'background-color': 'data(fill)',
          label: 'data(text)',
        },
        ...{ 'border-width': 1, 'border-color': 'data(stroke)', 'text-valign': 'center', 'text-justification': 'left' },
        ...{
          'text-max-width': NOTE_WIDTH * 2,
          'font-size': 12,
          'line-height': NOTE_LINE / 13,
          'text-outline-width': 0,
          'text-events': 'yes',
        },
      },
    },
    {
      selector: 'edge',
      style: {
        ...{
          width: 'data(width)',
          'line-color': 'data(stroke)',
          'target-arrow-color': 'data(stroke)',
          'curve-style': 'straight',
        },
        ...{
          'arrow-scale': 0.8,
          'font-family': font,
          color: text2,
          'font-size': 11,
          'overlay-opacity': 0,
          'text-events': 'no',
        },
        ...{ 'text-background-color': surface, 'text-background-opacity': 0.9, 'text-background-padding': 2 },
      },
    },
    { selector: 'edge[?directed]', style: { 'target-arrow-shape': 'triangle' } },
    { selector: 'edge[?both]', style: { 'curve-style': 'bezier', 'control-point-step-size': 24 } },
    { selector: 'edge[?dashed]', style: { 'line-style': 'dashed', 'line-dash-pattern': [6, 4].join(' ') } },
    { selector: 'edge.told', style: { label: 'data(text)' } },
    { selector: '[?dim]', style: { opacity: 0.16 } },
    { selector: 'node[?dim]', style: { 'underlay-opacity': 0.06 } },
    {
      selector: 'node:selected',
      style: {
        'border-color': accent,
        'border-width': 3,
        'underlay-color': accent,
        'underlay-opacity': 0.25,
        'underlay-padding': 6,
      },
    },
    { selector: 'edge:selected', style: { 'line-color': accent, 'target-arrow-color': accent, 'z-index': 9 } },
    {
      selector: 'edge.near',
      style: { 'line-color': accent, 'target-arrow-color': accent, 'line-opacity': 0.75, 'z-index': 8 },
    },
    {
      selector: 'core',
      style: {
        'selection-box-color': accent,
        'selection-box-opacity': 0.14,
        'selection-box-border-color': lineStrong,
        'active-bg-size': 0,
      },
    },
  ].map(({ selector, style }) => ({ selector, style: Object.fromEntries(Object.entries(style)) }))
}
