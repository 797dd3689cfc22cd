import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}

/** Vite writes the hash of the content into the names of these, so they never change. */
const hashedName = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/

export type PageFile = { bytes: Buffer; type: string; lasting: boolean }

/**
 * A file of the built page by the path of its address; undefined when there is none, or when the path leads out of the
 * folder: through `..`, a backslash, a NUL, a hidden name or a link. Only known kinds of files are given out.
 */
export async function pageFile(folder: string, pathname: string): Promise<PageFile | undefined> {
  const path = decoded(pathname === '/' ? '/index.html' : pathname)
  if (path === undefined || !/^(\/[\w@+-][\w@+.-]*)+$/.test(path)) return undefined
  const type = types[extname(path)]
  if (type === undefined) return undefined
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, path))
    if (!file.startsWith(root + sep)) return undefined
    return { bytes: await readFile(file), type, lasting: hashedName.test(path) }
  } catch {
    return undefined
  }
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
