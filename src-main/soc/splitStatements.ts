/** One quoted text, name or comment, a semicolon, or what lies between them. */
const PIECE = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^'"`;/-]+|[\s\S]/g

/** The statements of an SQL file without their comments; a semicolon inside quotes ends none. */
export function splitStatements(text: string): string[] {
  const statements: string[] = []
  let statement = ''
  for (const [piece] of `${text};`.matchAll(PIECE)) {
    if (piece === ';') {
      if (statement.trim() !== '') statements.push(statement.trim())
      statement = ''
    } else if (!piece.startsWith('--') && !piece.startsWith('/*')) statement += piece
  }
  return statements
}
