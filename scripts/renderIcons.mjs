// Draws resources/icons/icon.svg in the sizes that Linux, Windows and macOS ask for. Run it after changing the mark.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { ensureBrowser } from './findBrowser.mjs'

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Up to here the margin around the square is cut away, so that the mark stays readable. */
const SMALL = 48

const folder = join(import.meta.dirname, '..', 'resources', 'icons')
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8')

const browser = await chromium.launch({ executablePath: await ensureBrowser() })
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const svg = size <= SMALL ? drawing.replace('viewBox="0 0 1024 1024"', 'viewBox="64 64 896 896"') : drawing
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  writeFileSync(join(folder, `${size}x${size}.png`), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
