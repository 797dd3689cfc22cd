import { AppError } from '#contract/appError'
import { analyzers } from './index.ts'

/** An analyzer with its checked configuration. */
export type SelectedAnalyzer = { analyzer: (typeof analyzers)[number]; config: unknown }

/**
 * The analyzer of that name and its configuration, with defaults filled in. AppError 'invalid-input': an unknown name
 * (the message names the known ones), or a key that is unknown or has a bad value (`detail.path` is analyzer.key).
 */
export function parseAnalyzerConfig(name: string, raw: unknown): SelectedAnalyzer {
  const analyzer = analyzers.find((known) => known.name === name)
  if (analyzer === undefined) {
    const known = analyzers.map((each) => each.name)
    throw new AppError('invalid-input', `There is no analyzer "${name}". Known: ${known.join(', ')}.`, {
      path: name,
      known,
    })
  }
  const parsed = analyzer.config.safeParse(raw ?? {})
  if (parsed.success) return { analyzer, config: parsed.data }
  const issue = parsed.error.issues[0]
  const inner = issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? [])
  const path = [name, ...inner].map(String).join('.')
  throw new AppError(
    'invalid-input',
    `The configuration ${path} is not valid: ${issue?.message ?? 'unknown reason'}.`,
    { path },
  )
}
