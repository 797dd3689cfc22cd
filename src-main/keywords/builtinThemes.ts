import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { themeColours, type ThemeColour } from '#contract/values'

export type BuiltinTheme = { builtin: string; name: string; colour: ThemeColour; lines: string[] }

/**
 * The themes that every workspace begins with: a file of keywords each, as keywords.bulkAdd reads them, headed by
 * `# Name, colour`. Made for few false hits: names that mean one thing, domains before words, and no word that the logs of an
 * office hold anyway (bet, game, stream, adult, job, sale). No patterns: they would slow down every scan.
 */
export function readBuiltinThemes(folder: string): BuiltinTheme[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => {
      const [head = '', ...lines] = readFileSync(join(folder, file), 'utf8').split('\n')
      const [, name, word] = /^# (.+), (\w+)$/.exec(head) ?? []
      const colour = themeColours.find((known) => known === word)
      return name === undefined || colour === undefined
        ? []
        : [{ builtin: file.slice(0, -'.txt'.length), name, colour, lines }]
    })
}
