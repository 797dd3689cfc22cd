/** Choices of the import controls, most usual first. What was detected is added where it is none of them. */
export type Choice = { value: string; label: string }

export const encodings: readonly Choice[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
  { value: 'windows-1252', label: 'Windows 1252, Western' },
  { value: 'windows-1250', label: 'Windows 1250, Central European' },
  { value: 'windows-1251', label: 'Windows 1251, Cyrillic' },
  { value: 'windows-1253', label: 'Windows 1253, Greek' },
  { value: 'windows-1254', label: 'Windows 1254, Turkish' },
  { value: 'windows-1255', label: 'Windows 1255, Hebrew' },
  { value: 'windows-1256', label: 'Windows 1256, Arabic' },
  { value: 'koi8-r', label: 'KOI8-R, Cyrillic' },
  { value: 'iso-8859-2', label: 'ISO 8859-2' },
  { value: 'shift_jis', label: 'Shift JIS, Japanese' },
  { value: 'euc-jp', label: 'EUC-JP, Japanese' },
  { value: 'gb18030', label: 'GB 18030, Chinese' },
  { value: 'big5', label: 'Big5, Chinese' },
  { value: 'euc-kr', label: 'EUC-KR, Korean' },
]

export const delimiters: readonly Choice[] = [
  { value: ',', label: 'Comma' },
  { value: '\t', label: 'Tab' },
  { value: ';', label: 'Semicolon' },
  { value: '|', label: 'Pipe' },
  { value: ' ', label: 'Space' },
  { value: ':', label: 'Colon' },
  { value: '^', label: 'Caret' },
  { value: '~', label: 'Tilde' },
  { value: '\u0001', label: 'Control A' },
  { value: '\u001f', label: 'None, one column' },
]

export const quotes: readonly Choice[] = [
  { value: '"', label: 'Double quote' },
  { value: "'", label: 'Single quote' },
  { value: '', label: 'None' },
]

export const withDetected = (choices: readonly Choice[], detected: string): readonly Choice[] =>
  choices.some(({ value }) => value === detected)
    ? choices
    : [{ value: detected, label: detected === '' ? 'None' : `“${detected}”` }, ...choices]

export { timeFormatText } from '../../ui/timeFormatText.ts'
export { zoneNames } from '../../ui/zones.ts'
