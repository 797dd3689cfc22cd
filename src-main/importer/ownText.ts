/** V8 cuts strings of 13 and more characters out of longer ones without copying: the piece keeps the whole alive. */
const SLICED = 13

/** The same text on memory of its own, for texts that are kept longer than the block of the file they came from. */
export function ownText(text: string): string {
  if (text.length < SLICED) return text
  return /[^\x00-\xff]/.test(text)
    ? Buffer.from(text, 'utf16le').toString('utf16le')
    : Buffer.from(text, 'latin1').toString('latin1')
}
