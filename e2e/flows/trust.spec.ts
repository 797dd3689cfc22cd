import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { choose } from '../files.ts'
import { expect, test } from '../host.ts'
import { goTo, gridRow, newHunt, noJobs } from '../steps.ts'

const SCRIPT = '<img src=x onerror="window.owned=1">'
const LARGE = 1_048_576
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Everything that evidence has been made of to attack who reads it. */
const cells = [
  SCRIPT,
  '<script>window.owned=2</script>',
  'javascript:window.owned=3',
  'https://evil.example/collect?x=1',
  '\u202Egpj.exe\u202C invoice',
  '\u001B[31mred\u001B[0m\u0007',
  'a\u0000b',
  `=cmd|'/C calc'!A0`,
  '+1+1',
  '@SUM(1)',
  '{{constructor.constructor("window.owned=4")()}}',
  '[x](javascript:window.owned=5)',
  'x'.repeat(LARGE),
]
const headers = [
  'time',
  'CommandLine',
  `<b onmouseover="window.owned=6">head</b>`,
  '=HYPERLINK("http://evil.example","h")',
]

function hostileFile(folder: string): string {
  const name = process.platform === 'win32' ? 'hostile.csv' : '<img src=x onerror=window.owned=7>.csv'
  const path = join(folder, name)
  const lines = cells.map((cell, n) =>
    [
      `2024-03-01T10:00:${String(n).padStart(2, '0')}Z`,
      `vssadmin delete shadows /all /quiet ${n === cells.length - 1 ? SCRIPT : cell}`,
      cell,
      cell,
    ]
      .map(quoted)
      .join(','),
  )
  writeFileSync(path, `${headers.map(quoted).join(',')}\n${lines.join('\n')}\nonly ${SCRIPT}\n`)
  return path
}

/** Markup of a cell that became an element, or a script of it that ran. */
const harm = (page: Page) =>
  page.evaluate(() => ({
    ran: 'owned' in window,
    elements: document.querySelectorAll(
      'img, script:not([src]), iframe, object, b[onmouseover], [href^="javascript:" i], [href*="evil.example"]',
    ).length,
  }))

test('hostile evidence is text everywhere: nothing runs, no dialog, no link, and no request leaves this computer', async ({
  program,
  window: page,
  folder,
}) => {
  const requests: string[] = []
  const dialogs: string[] = []
  page.context().on('request', (request) => requests.push(request.url()))
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const safe = async () => expect(await harm(page)).toEqual({ ran: false, elements: 0 })

  await newHunt(page, SCRIPT)
  await choose(page, () => page.getByRole('button', { name: 'Choose files' }).click(), hostileFile(folder))
  await expect(page.getByRole('grid', { name: 'First rows' })).toContainText('<script>window.owned=2</script>')
  await safe()
  await page.getByRole('button', { name: /^Import (about )?\d+ rows/ }).click()
  await expect(page.getByRole('region', { name: 'Imports begun here' })).toContainText('13 rows, 1 record quarantined')
  await noJobs(page)
  await safe()
  await page.getByRole('link', { name: 'Open', exact: true }).click()

  const grid = page.getByRole('grid', { name: /^Rows of/ })
  await expect(gridRow(grid, 1)).toContainText(SCRIPT)
  await expect(gridRow(grid, 5)).toContainText('RLO')
  await expect(gridRow(grid, 6)).toContainText('␛[31mred')
  await expect(gridRow(grid, 7)).toContainText('a␀b')
  await safe()
  for (let n = 1; n <= cells.length; n += 1) {
    await gridRow(grid, n).getByRole('gridcell').first().dblclick()
    await expect(page.getByRole('complementary', { name: `Row ${n}`, exact: true })).toBeVisible()
    await safe()
  }
  await page
    .getByRole('complementary')
    .getByRole('button', { name: `Show all ${LARGE.toLocaleString('en-US')} characters` })
    .first()
    .click()
  await safe()
  await page.getByRole('complementary', { name: /^Row / }).getByRole('button', { name: 'Close the record' }).click()

  await gridRow(grid, 8).getByRole('gridcell').first().click()
  const copyAs = async (item: string, holds: string) => {
    await page.getByRole('button', { name: 'Copy as', exact: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect.poll(() => program.clipboard()).toContain(holds)
    return program.clipboard()
  }
  await copyAs('CSV for spreadsheets', `,'=cmd|'/C calc'!A0`)
  const raw = await copyAs('CSV, raw', `,=cmd|'/C calc'!A0`)
  expect(raw).not.toContain(`'=cmd`)

  await page
    .getByRole('navigation', { name: 'Evidence' })
    .getByRole('link', { name: /Datasets/ })
    .click()
  await gridRow(page.getByRole('grid', { name: 'Datasets' }), 1).click()
  await page.getByRole('radio', { name: '1 quarantined' }).click()
  await expect(page.getByRole('region', { name: /^Line / })).toContainText(SCRIPT)
  await safe()
  await page.getByRole('radio', { name: /IOC/ }).click()
  await safe()

  await goTo(page, 'Alerts')
  await gridRow(page.getByRole('grid', { name: 'Alerts' }), 1).click()
  await expect(page.getByRole('complementary', { name: 'Alert' })).toContainText('vssadmin delete shadows')
  await safe()
  await goTo(page, 'Overview')
  await expect(page.getByRole('region', { name: 'What is alarming' })).toContainText(/shadow/i)
  await safe()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('img src')
  await expect(page.getByRole('option').first()).toContainText('<img src=x')
  await safe()
  await page.keyboard.press('Escape')
  await page.getByRole('contentinfo').getByRole('button', { name: /jobs/i }).click()
  await safe()

  expect(dialogs).toEqual([])
  const { origin } = new URL(page.url())
  expect(
    requests.filter(
      (url) => !url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:') && url !== 'about:blank',
    ),
  ).toEqual([])
})

test('the page may load and run nothing but its own files, and it cannot be led away or opened elsewhere', async ({
  window: page,
}) => {
  const answer = await page.reload()
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(answer?.headers()['x-content-type-options']).toBe('nosniff')
  expect(await page.evaluate(() => 'require' in window || 'process' in window || 'Buffer' in window)).toBe(false)
})
