import type { ReportFormat, ReportSection, Severity } from '#contract/values'
import { severities } from '#contract/values'
import { writeFile } from '../exporter/writeFile.ts'
import type { CaseContent } from './content.ts'
import { documentOf } from './document.ts'
import { htmlOf } from './html.ts'
import { markdownOf } from './markdown.ts'
import { layerOf, type LayerTechnique } from './navigator.ts'
import { pdfOf } from './pdf.ts'
import { stixOf } from './stix.ts'
import { timesketchOf } from './timesketch.ts'

export type ReportRequest = {
  content: CaseContent
  format: ReportFormat
  /** Of reports for people. */
  sections: readonly ReportSection[]
  /** Version of ATT&CK, for Navigator. */
  attack: string
  guard: boolean
  target: { path: string; replace: boolean }
}

/** Writes a report whole or not at all. AppError 'conflict', 'disk-full'. `leftOut`: what the format cannot hold. */
export async function writeReport(request: ReportRequest): Promise<{ bytes: number; leftOut: number }> {
  const { content, format, sections, guard, target } = request
  const text = (piece: string | Uint8Array, leftOut = 0) => ({
    bytes: writeFile(target.path, target.replace, [piece]),
    leftOut,
  })
  switch (format) {
    case 'html':
      return text(htmlOf(documentOf(content, sections)))
    case 'markdown':
      return text(markdownOf(documentOf(content, sections)))
    case 'pdf':
      return text(await pdfOf(documentOf(content, sections)))
    case 'stix': {
      // Host names and JA4 are no observables of STIX.
      const unknown = content.iocs.filter(({ iocType }) => iocType === 'hostname' || iocType === 'ja4').length
      return text(`${JSON.stringify(stixOf(content), null, 2)}\n`, unknown)
    }
    case 'navigator': {
      const { item } = content
      return text(
        `${JSON.stringify(layerOf(`Case ${item.number}: ${item.title}`, `TLP:${item.tlp} PAP:${item.pap}`, request.attack, techniquesOf(content)), null, 2)}\n`,
      )
    }
    case 'timesketch': {
      const { text: csv, leftOut } = timesketchOf(content, guard)
      return text(csv, leftOut)
    }
  }
}

/** Techniques of a case with the alerts that name them. */
function techniquesOf({ techniques, alerts }: CaseContent): LayerTechnique[] {
  return techniques.map(({ id, note }) => {
    const named = alerts.filter(({ mitreTechnique }) => mitreTechnique === id)
    const worst = severities.find((severity: Severity) => named.some((alert) => alert.severity === severity))
    const titles = named.slice(0, 5).map(({ title }) => title)
    return {
      id,
      score: named.length,
      severity: worst ?? null,
      comment: [note, ...titles].filter((one) => one !== '').join('; '),
    }
  })
}
