/** Shorter texts are found nearly everywhere. */
const LEAST = 3
/** Where the beginning of an expression may change how it is read: case, lines, greed. None of it makes a letter optional. */
const FLAGS = /^\(\?[imsU-]+\)/

/**
 * A pattern with `*` and `?` (over a whole cell, in lower case) that every cell fits in which a regular expression (RE2, any
 * case) is found; null where none is certain. Narrows what the expression has to be asked of, so it may say too little, never
 * too much: only letters of A to Z, digits and plain signs that stand outside of groups, classes and repetitions count.
 */
export function requiredText(source: string): string | null {
  let best = ''
  let run = ''
  const end = (): void => {
    if (run.replaceAll('?', '').length > best.replaceAll('?', '').length) best = run
    run = ''
  }
  let at = FLAGS.exec(source)?.[0].length ?? 0
  while (at < source.length) {
    const letter = source.charAt(at)
    if (letter === '|') return null
    if (letter === '\\') {
      const next = source.charAt(at + 1)
      // Quotations, code points and classes by name are longer than two characters.
      if (/[QEpPxC0-9]/.test(next) || next === '') return null
      if (/[A-Za-z]/.test(next) || next > '\u007f') end()
      else run += next
      at += 2
    } else if (letter === '[') {
      end()
      const close = classEnd(source, at)
      if (close === null) return null
      at = close
    } else if (letter === '(') {
      end()
      const close = groupEnd(source, at)
      if (close === null) return null
      at = close
    } else if (letter === '*' || letter === '?' || letter === '{') {
      // The letter before may be missing.
      run = run.slice(0, -1)
      end()
      const close = letter === '{' ? source.indexOf('}', at) : at
      if (close < 0) return null
      at = close + 1
    } else if (letter === '+') {
      end()
      at++
    } else {
      const low = letter.toLowerCase()
      // For an expression the Kelvin sign is a k and the long s an s.
      if (low === 'k' || low === 's') run += '?'
      else if (/[a-z0-9 _\-"'@#%&=,;:<>~`!/]/.test(low)) run += low
      else end()
      at++
    }
  }
  end()
  const text = best.replace(/^\?+|\?+$/g, '')
  return /[*]/.test(text) || text.replaceAll('?', '').length < LEAST ? null : `*${text}*`
}

function classEnd(source: string, from: number): number | null {
  // A bracket inside may begin a named class, and one right at the beginning is a letter of it: such ones are left alone.
  const found = /^\[\^?(?:[^\][\\]|\\[^QEpPx])+\]/.exec(source.slice(from))
  return found ? from + found[0].length : null
}

/** Behind the group, whatever it holds. */
function groupEnd(source: string, from: number): number | null {
  let depth = 0
  for (let at = from; at < source.length;) {
    const letter = source.charAt(at)
    if (letter === '\\') {
      if (/[QE]/.test(source.charAt(at + 1))) return null
      at += 2
      continue
    }
    if (letter === '[') {
      const close = classEnd(source, at)
      if (close === null) return null
      at = close
      continue
    }
    if (letter === '(') depth++
    // Flags in the middle hold for what follows; they are seldom and left alone.
    if (letter === '(' && FLAGS.test(source.slice(at))) return null
    if (letter === ')' && --depth === 0) return at + 1
    at++
  }
  return null
}
