import { request, type Client } from './clients.ts'
import type { Random } from './random.ts'
import type { RequestRow } from './shapes.ts'

export const HOSTS = ['www.example.org', 'shop.example.org', 'docs.example.org'] as const
export const LOGIN_HOST = 'login.example.org'
export const API_HOST = 'api.example.org'

const PAGES = ['/', '/products', '/products/42', '/about', '/news', '/news/2026-11', '/contact', '/search'] as const
const ASSETS = [
  '/static/app.css',
  '/static/app.js',
  '/static/vendor.js',
  '/img/logo.svg',
  '/img/hero.webp',
  '/img/a.png',
  '/fonts/text.woff2',
  '/favicon.ico',
] as const

/** Pages that a person reads, each with what it loads within two seconds, a minute or less apart; ends within 2 minutes. */
export function readPages(client: Client, random: Random, at: number, host: string, pages: number): RequestRow[] {
  const rows: RequestRow[] = []
  let atMs = at * 1000 + random.whole(0, 999)
  let referer = random.share() < 0.5 ? '' : 'https://search.example.net/'
  for (let page = 0; page < pages; page++) {
    const path = random.pick(PAGES)
    const port = random.whole(20_000, 60_000)
    const query = path === '/search' ? `q=${random.pick(['boots', 'lamp', 'returns', 'map'])}` : ''
    rows.push(request(client, { atMs, host, path, port, query, referer }))
    referer = `https://${host}${path}`
    const assets = random.whole(4, ASSETS.length)
    for (let n = 0; n < assets; n++)
      rows.push(
        request(client, {
          atMs: atMs + random.whole(30, 1_800),
          host,
          path: ASSETS[n] ?? '/favicon.ico',
          port,
          referer,
        }),
      )
    atMs += random.whole(5_000, 35_000)
  }
  return rows
}
