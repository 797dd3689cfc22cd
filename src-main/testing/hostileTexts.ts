/**
 * For tests, as a program of its own: feeds texts of 100 kB, made to cost a careless pattern hours, to every pattern and
 * analyzer. Prints `done` at the end; whoever starts it stops it when it does not end.
 */
import { parseAnalyzerConfig } from '../analyzers/analyzerConfig.ts'
import { commandPatterns } from '../analyzers/commandPatterns.ts'
import { decodedCommand, plainCommand } from '../analyzers/commandText.ts'
import { analyzed, rowsFrom } from './evidenceRows.ts'
import { analyzers } from '../analyzers/index.ts'
import type { CommandPattern } from '../analyzers/patterns/commandPattern.ts'
import { compilePhraseRules } from '../analyzers/phraseRules.ts'
import { requestPatterns } from '../analyzers/requestPatterns.ts'

const LENGTH = 100_000
const long = (part: string): string => part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH)
const parts = [
  'a',
  ' ',
  '-',
  '/',
  '\\',
  '"',
  '^',
  '.',
  '=',
  '0',
  'a^',
  '"+"',
  '{0}{1}',
  '-e ',
  '/e/',
  ' -enc AAAA',
  'c:/',
  'c:\\',
  'powershell ',
  'netsh ',
  'sc ',
  'nc ',
  'ssh -r',
  '{1}{0}',
  'echo > ',
  '1.',
  'failed password for ',
  "'+'",
  '../',
  '${',
]
const patterns = [...commandPatterns, ...requestPatterns]
const commands = compilePhraseRules(patterns)

function read(text: string, own: readonly CommandPattern[]): void {
  const plain = plainCommand(text)
  commands(plain)
  decodedCommand(text)
  for (const pattern of own) pattern.also?.test(plain)
}
for (const part of parts) read(long(part), patterns)
for (const pattern of patterns)
  for (const text of pattern.examples.yes)
    for (const part of [text, text.slice(0, -1), text.slice(0, text.length / 2)]) read(long(part), [pattern])
process.stdout.write('patterns done\n')

const selected = analyzers.map((analyzer) => parseAnalyzerConfig(analyzer.name, {}))
const fields = new Set(analyzers.flatMap((analyzer) => [...analyzer.reads]))
const hostile = parts.map(long)
for (const event_id of ['', '1', '4104', '4625', '7045', '13', '33205']) {
  const rows = rowsFrom(
    hostile.map((text) => ({
      event_id,
      ...Object.fromEntries([...fields].filter((field) => field !== 'event_id').map((field) => [field, text])),
    })),
  )
  analyzed(rows, selected, fields)
}
process.stdout.write('done\n')
