import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { choose } from './files.ts'
import { gridRow, goTo } from './steps.ts'

/** A screen of the program: how to get there from any other, with the sample hunt open. */
export type Screen = { name: string; open: (page: Page, folder: string) => Promise<void> }

const tab = (page: Page, place: string, name: RegExp) =>
  page.getByRole('navigation', { name: place }).getByRole('link', { name }).click()

/** What offers an undo lies over the view for some seconds, on purpose. */
async function dismissUndo(page: Page): Promise<void> {
  await page.locator('.bp6-toast button[aria-label]').last().click()
  await expect(page.locator('.bp6-toast')).toHaveCount(0)
}

/** What comes in, and what is looked for in it. */
export const firstScreens: readonly Screen[] = [
  {
    name: 'overview',
    open: async (page) => {
      await goTo(page, 'Overview')
      await expect(page.getByRole('region', { name: 'Hosts' })).toBeVisible()
    },
  },
  {
    name: 'rows with the record',
    open: async (page) => {
      await goTo(page, 'Overview')
      await page
        .getByRole('region', { name: 'What came in' })
        .getByRole('link', { name: 'processes_on_host.csv' })
        .click()
      const row = gridRow(page.getByRole('grid', { name: /^Rows of/ }), 3)
      await row.getByRole('gridcell').first().dblclick()
      await expect(page.getByRole('complementary', { name: 'Row 3' })).toContainText('Slice matches')
    },
  },
  {
    name: 'rows of a stretch of time with statistics, bars as a table',
    open: async (page) => {
      await page.keyboard.press('Escape')
      await tab(page, 'Evidence', /Rows/)
      const grid = page.getByRole('grid', { name: /^Rows of/ })
      await page.getByRole('button', { name: 'Table', exact: true }).click()
      await page.getByRole('region', { name: 'Rows over time, as a table' }).getByRole('button').nth(1).click()
      await grid.getByRole('columnheader').nth(1).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Statistics' }).click()
      await expect(page.getByRole('complementary', { name: /^Statistics of/ })).toContainText('Distinct values')
    },
  },
  {
    name: 'timeline of the hunt',
    open: async (page) => {
      await page.getByRole('button', { name: 'Show all times' }).first().click()
      await tab(page, 'Evidence', /Timeline/)
      await expect(gridRow(page.getByRole('grid', { name: 'Timeline of the hunt' }), 1)).toBeVisible()
    },
  },
  {
    name: 'saved searches with one open',
    open: async (page) => {
      await page.keyboard.press('Control+s')
      await page.getByRole('textbox', { name: 'Name of the search' }).fill('Everything by time')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('textbox', { name: 'Name of the search' })).toHaveCount(0)
      await tab(page, 'Evidence', /Saved searches/)
      await gridRow(page.getByRole('grid', { name: 'Saved searches' }), 1).click()
      await expect(page.getByRole('complementary', { name: /^Saved search/ })).toContainText('rows')
    },
  },
  {
    name: 'annotations',
    open: async (page) => {
      await goTo(page, 'Evidence')
      await tab(page, 'Evidence', /Rows/)
      const grid = page.getByRole('grid', { name: /^Rows of/ })
      await expect(gridRow(grid, 1)).toBeVisible()
      if (await page.getByRole('region', { name: 'Tags' }).isHidden()) {
        await gridRow(grid, 1).getByRole('gridcell').first().click()
        await page.keyboard.press('n')
        await page.getByRole('textbox', { name: 'Note' }).fill('Looked at')
        await page.getByRole('radio', { name: 'suspicious' }).last().click()
        await page.keyboard.press('Control+Enter')
        await expect(page.getByRole('dialog')).toHaveCount(0)
        await dismissUndo(page)
      }
      await tab(page, 'Evidence', /Annotations/)
      await expect(page.getByRole('article').first()).toContainText('Looked at')
    },
  },
  {
    name: 'hypotheses with one open',
    open: async (page) => {
      await goTo(page, 'Overview')
      await tab(page, 'Overview', /Hypotheses/)
      const create = page.getByRole('button', { name: 'New hypothesis' })
      await create.first().click()
      await page.getByRole('textbox', { name: 'What is supposed to have happened' }).fill('The implant was decoded')
      await page.getByRole('button', { name: 'Create hypothesis' }).click()
      await page.getByRole('radio', { name: 'Rejected' }).click()
      await expect(page.getByRole('textbox', { name: /^Why rejected/ })).toBeVisible()
      await dismissUndo(page)
    },
  },
  {
    name: 'datasets with one open',
    open: async (page) => {
      await goTo(page, 'Evidence')
      await tab(page, 'Evidence', /Datasets/)
      await gridRow(page.getByRole('grid', { name: 'Datasets' }), 1).click()
      await expect(page.getByRole('complementary', { name: /^Dataset / })).toBeVisible()
    },
  },
  {
    name: 'keywords with a theme open',
    open: async (page) => {
      await goTo(page, 'Evidence')
      await tab(page, 'Evidence', /Keywords/)
      await page.getByRole('button', { name: 'Edit Gaming' }).click()
      await expect(page.getByRole('complementary', { name: 'Theme' })).toContainText('steampowered.com')
    },
  },
  {
    name: 'import preview',
    open: async (page, folder) => {
      const path = join(folder, 'firewall.csv')
      writeFileSync(
        path,
        `time;src_ip;dst_ip;action\n${'2024-03-01 10:00:00;10.0.0.1;192.0.2.7;allow\n'.repeat(40)}broken\n`,
      )
      await goTo(page, 'Evidence')
      await page.getByRole('button', { name: 'Import files' }).click()
      if (await page.getByRole('grid', { name: 'First rows' }).isVisible()) return
      await choose(page, () => page.getByRole('button', { name: 'Choose files' }).click(), path)
      await expect(gridRow(page.getByRole('grid', { name: 'First rows' }), 1)).toBeVisible()
    },
  },
]

/** What is found, drawn, shared and set. */
export const otherScreens: readonly Screen[] = [
  {
    name: 'alerts with one open',
    open: async (page) => {
      await goTo(page, 'Alerts')
      await gridRow(page.getByRole('grid', { name: 'Alerts' }), 1).click()
      await expect(page.getByRole('complementary', { name: 'Alert' }).getByRole('heading', { level: 1 })).toBeVisible()
    },
  },
  {
    name: 'alerts in groups',
    open: async (page) => {
      await goTo(page, 'Alerts')
      await page.getByRole('radio', { name: 'Technique' }).click()
      const first = gridRow(page.getByRole('treegrid', { name: 'Alerts in groups' }), 1)
      await first.getByRole('button', { name: /^Open / }).click()
      await expect(first).toHaveAttribute('aria-expanded', 'true')
    },
  },
  {
    name: 'network with the facts of a host',
    open: async (page) => {
      await goTo(page, 'Map')
      await page.getByRole('button', { name: 'Find', exact: true }).click()
      await page.getByRole('combobox', { name: 'Find a node' }).fill('MSTICAlerts')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('complementary', { name: /^Node / })).toContainText('Rows')
    },
  },
  {
    name: 'hosts with one open',
    open: async (page) => {
      await goTo(page, 'Map')
      await tab(page, 'Map', /Hosts/)
      await gridRow(page.getByRole('grid', { name: 'Hosts' }), 1)
        .getByRole('gridcell')
        .first()
        .dblclick()
      await expect(page.getByRole('complementary', { name: 'Host' })).toContainText('What it is called')
    },
  },
  {
    name: 'saved maps and one that is drawn',
    open: async (page) => {
      await goTo(page, 'Map')
      await tab(page, 'Map', /Saved maps/)
      const drawn = page.getByRole('grid', { name: 'Saved maps' })
      const none = page.getByRole('heading', { name: 'No map is drawn yet' })
      await expect(drawn.or(none).first()).toBeVisible()
      if (await none.isVisible()) {
        await page.getByRole('button', { name: 'New map' }).click()
        await expect(page.getByRole('application', { name: /^Map / })).toBeVisible()
        await page.keyboard.press('n')
      } else {
        await gridRow(drawn, 1).getByRole('gridcell').first().dblclick()
        await page.getByRole('application', { name: /^Map / }).focus()
        await page.keyboard.press('Control+a')
      }
      await expect(page.getByRole('complementary', { name: 'Node' })).toContainText('Icon')
    },
  },
  {
    name: 'processes with one open',
    open: async (page) => {
      await goTo(page, 'Map')
      await tab(page, 'Map', /Processes/)
      await gridRow(page.getByRole('treegrid', { name: /^Processes of/ }), 2).click()
      await expect(
        page.getByRole('complementary', { name: 'Process' }).getByRole('region', { name: 'Storyline' }),
      ).toContainText('Started')
    },
  },
  {
    name: 'rules with one open',
    open: async (page) => {
      await goTo(page, 'Alerts')
      await tab(page, 'Alerts', /Rules/)
      await page
        .getByRole('navigation', { name: 'Rules' })
        .getByRole('link', { name: /After-Hours/ })
        .click()
      await expect(page.getByRole('complementary', { name: 'What would change' })).toContainText('unchanged')
      const why = page.getByText('Why it did not fire')
      if (!(await page.getByRole('combobox', { name: 'Dataset to explain' }).isVisible())) await why.click()
      await expect(page.getByRole('region', { name: 'Rule', exact: true })).toContainText('No column gives')
    },
  },
  {
    name: 'analyzers',
    open: async (page) => {
      await goTo(page, 'Alerts')
      await tab(page, 'Alerts', /Analyzers/)
      await page.getByText('Settings for the next run').first().click()
    },
  },
  {
    name: 'notifications with a new channel',
    open: async (page) => {
      await goTo(page, 'Alerts')
      await tab(page, 'Alerts', /Notifications/)
      await page.keyboard.press('n')
      await expect(page.getByRole('textbox', { name: 'Name of the channel' })).toBeFocused()
    },
  },
  {
    name: 'matrix with one thing open',
    open: async (page) => {
      await goTo(page, 'Correlate')
      await gridRow(page.getByRole('grid', { name: 'Shared' }), 2)
        .getByRole('gridcell')
        .first()
        .dblclick()
      await expect(page.getByRole('complementary', { name: 'Shared' })).toContainText('not listed')
    },
  },
  {
    name: 'find an IOC',
    open: async (page) => {
      await goTo(page, 'Correlate')
      await tab(page, 'Correlate', /Find an IOC/)
      await page.getByRole('textbox', { name: 'IOC to find' }).fill('MSTICAlertsWin1')
      await page.getByRole('button', { name: 'Find', exact: true }).click()
      await expect(gridRow(page.getByRole('grid', { name: 'Occurrences' }), 1)).toBeVisible()
    },
  },
  {
    name: 'time overlap',
    open: async (page) => {
      await goTo(page, 'Correlate')
      await tab(page, 'Correlate', /Time overlap/)
      await expect(page.getByRole('list', { name: 'Time overlaps' })).toBeVisible()
    },
  },
  {
    name: 'import of an indicator list',
    open: async (page) => {
      await goTo(page, 'Correlate')
      await tab(page, 'Correlate', /Indicator lists/)
      await page.getByRole('button', { name: 'Import a list' }).first().click()
      await expect(page.getByRole('textbox', { name: 'Indicators, one a line' })).toBeVisible()
    },
  },
  {
    name: 'SOC without a connection, and a new one',
    open: async (page) => {
      await goTo(page, 'SOC')
      await page.getByRole('button', { name: 'Add a connection' }).click()
      await page.getByRole('textbox', { name: 'Address of the HTTP interface' }).fill('https://ch.example:8443')
      await page.getByLabel('Check the certificate of the server').uncheck()
      await expect(page.getByText('For trials only')).toBeVisible()
    },
  },
  {
    name: 'hunts',
    open: async (page) => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search or run a command' }).fill('all hunts')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('row', { name: /Workstation 1/ })).toBeVisible()
    },
  },
  {
    name: 'a case with a task',
    open: async (page) => {
      await goTo(page, 'Cases')
      await page.keyboard.press('n')
      await page.getByRole('textbox', { name: 'Title' }).fill('Foothold')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Task', exact: true }).click()
      await page.getByRole('textbox', { name: 'New task' }).fill('Image the disk')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('group', { name: 'Todo' })).toContainText('Image the disk')
    },
  },
  {
    name: 'a note of a case as it is written, and what it may refer to',
    open: async (page) => {
      await tab(page, 'Case', /^Notes/)
      await page.getByRole('button', { name: 'New note' }).click()
      await page.getByRole('textbox', { name: /^Text of the note/ }).fill('**Bold** [[technique:T1490]]')
      await expect(page.getByLabel('How it reads')).toContainText('Inhibit System Recovery')
    },
  },
  {
    name: 'activity of a case',
    open: async (page) => {
      await tab(page, 'Case', /^Activity/)
      await expect(page.getByText(/entries, chain intact/)).toBeVisible()
    },
  },
  {
    name: 'export of a case',
    open: async (page) => {
      await page.getByRole('button', { name: 'Report and export' }).click()
      await expect(page.getByRole('button', { name: 'STIX 2.1 bundle' })).toBeVisible()
    },
  },
  {
    name: 'export of a case file',
    open: async (page) => {
      await goTo(page, 'Overview')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search or run a command' }).fill('export case file')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: 'Export case file' })).toContainText('are not included')
    },
  },
  {
    name: 'settings',
    open: async (page) => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await expect(page.getByRole('heading', { name: 'General' })).toBeVisible()
    },
  },
  {
    name: 'storage',
    open: async (page) => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await tab(page, 'Settings', /Storage/)
      await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible()
    },
  },
]
