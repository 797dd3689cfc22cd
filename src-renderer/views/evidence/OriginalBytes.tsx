import { useState } from 'react'
import { Error as ErrorIcon, InfoSign, TickCircle } from '@blueprintjs/icons'
import type { JSX } from 'react'
import type { Output } from '#contract/contract'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

type Proof = Output<'datasets.bytes'>['proof']
const proofs: Record<Proof, { text: string; className: string; icon: JSX.Element }> = {
  matches: { text: 'Slice matches the hash taken at import', className: 'ok', icon: <TickCircle size={12} /> },
  differs: {
    text: 'Slice differs from the hash taken at import: the source file was changed since',
    className: 'bad',
    icon: <ErrorIcon size={12} />,
  },
  'source-missing': {
    text: 'The source file is not reachable. Put it back where it was imported from to see its bytes',
    className: 't2',
    icon: <InfoSign size={12} />,
  },
  'not-recorded': {
    text: 'No hash was recorded for this slice, so it is not proven',
    className: 'warn',
    icon: <InfoSign size={12} />,
  },
}

const PER_LINE = 8

/** Eight bytes a line: offset in the source, hex, printable ASCII. */
function hexLines(hex: string, offset: number): string {
  const bytes = hex.match(/../g) ?? []
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += PER_LINE) {
    const line = bytes.slice(from, from + PER_LINE)
    const text = line.map((byte) => {
      const code = Number.parseInt(byte, 16)
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.'
    })
    lines.push(
      `${(offset + from).toString(16).padStart(8, '0')}  ${line.join(' ').padEnd(PER_LINE * 3 - 1)}  ${text.join('')}`,
    )
  }
  return lines.join('\n')
}

/** The slice of the source file a row came from, and whether it is still what was imported. */
export function OriginalBytes({ datasetId, row }: { datasetId: string; row: number }) {
  const [as, setAs] = useState<'text' | 'hex'>('text')
  const { data, error, isPlaceholderData } = useCall('datasets.bytes', { id: datasetId, row })
  const proof = data && proofs[data.proof]
  const hasBytes = data !== undefined && data.proof !== 'source-missing'
  return (
    <section className="bytes" aria-label="Original bytes">
      <div className="line">
        <h3 className="nowrap">Original bytes</h3>
        {hasBytes && (
          <span className="t3 sm mono clip" title={formatNoun(data.length, 'byte')}>
            {formatCount(data.offset)} – {formatCount(data.offset + data.length)}
          </span>
        )}
        <span className="spring" />
        <Segmented
          label="Show bytes as"
          value={as}
          onChange={setAs}
          options={[
            { value: 'text', label: 'Text' },
            { value: 'hex', label: 'Hex' },
          ]}
        />
      </div>
      {error && <FailureLine failure={error} />}
      {hasBytes && (
        <pre className={isPlaceholderData ? 'raw view-dim' : 'raw'} tabIndex={0} aria-label="Bytes">
          {as === 'text' ? <CellText text={data.text} /> : hexLines(data.hex, data.offset)}
        </pre>
      )}
      {hasBytes && as === 'hex' && data.length * 2 > data.hex.length && (
        <p className="t3 sm">
          First {formatCount(data.hex.length / 2)} of {formatNoun(data.length, 'byte')} shown
        </p>
      )}
      {proof && (
        <p className={`line sm proof ${proof.className}`}>
          {proof.icon}
          {proof.text}
        </p>
      )}
    </section>
  )
}
