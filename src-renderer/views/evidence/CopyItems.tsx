import { MenuItem } from '@blueprintjs/core'
import type { CopyFormat } from '../../grid/copyText.ts'

const items: readonly { format: CopyFormat; text: string; label: string }[] = [
  { format: 'tsv', text: 'TSV', label: 'Ctrl C' },
  { format: 'csv', text: 'CSV for spreadsheets', label: 'formulas off' },
  { format: 'csv-raw', text: 'CSV, raw', label: 'unaltered' },
  { format: 'markdown', text: 'Markdown table', label: '' },
  { format: 'json', text: 'JSON', label: '' },
]

export const CopyItems = ({ onCopy }: { onCopy: (format: CopyFormat) => void }) =>
  items.map(({ format, text, label }) => (
    <MenuItem key={format} text={text} label={label} onClick={() => onCopy(format)} />
  ))
