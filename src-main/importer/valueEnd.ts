/** Index behind the closing quote of the string that opens at `at`; -1 when it does not close before `limit`. */
export function stringEnd(text: string, at: number, limit: number): number {
  for (let i = at + 1; i < limit; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) i++
    else if (code === 34) return i + 1
  }
  return -1
}

/**
 * Index behind the JSON value that begins at `at`, by its brackets and quotes alone; whether it is valid is not looked at. A
 * value without brackets ends where a comma, bracket or white space stands. -1 when it does not end before `limit`, -2 when
 * a bracket closes another one than was opened.
 */
export function valueEnd(text: string, at: number, limit: number): number {
  const first = text.charCodeAt(at)
  if (first === 34) return stringEnd(text, at, limit)
  if (first !== 123 && first !== 91) {
    let end = at + 1
    while (end < limit && !/[\s,[\]{}]/.test(text.charAt(end))) end++
    return end
  }
  const open: number[] = []
  for (let i = at; i < limit; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) {
      const end = stringEnd(text, i, limit)
      if (end === -1) return -1
      i = end - 1
    } else if (code === 123 || code === 91) open.push(code + 2)
    else if (code === 125 || code === 93) {
      if (open.pop() !== code) return -2
      if (open.length === 0) return i + 1
    }
  }
  return -1
}
