import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Files under version control, and those about to be: paths from the root, with forward slashes. */
export function projectFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const isFile = (file: string) => statSync(join(root, file), { throwIfNoEntry: false })?.isFile() === true
  return [...new Set(list.split('\0'))].filter((file) => file !== '' && isFile(file))
}

export const read = (file: string): string => readFileSync(join(root, file), 'utf8')
