import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import { reportFormats } from '#contract/values'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { observableId } from '../reporting/stixIds.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('reports')
const { call } = program
const { imported } = datasetSteps(program)

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) \`\${7*7}\` '); DROP TABLE cases;-- \u202egpj.exe`
const COMMANDS = `When,Host,CommandLine\n2024-07-01 10:00:00,WS1,"vssadmin delete shadows ${HOSTILE.replaceAll('"', '""')}"\n2024-07-01 10:01:00,WS1,certutil -decode a b\n`

let caseId = ''
let datasetId = ''
let huntId = ''
beforeAll(async () => {
  const made = await imported(COMMANDS, { analyze: true })
  datasetId = made.id
  huntId = made.huntId
  const { alerts } = await call('alerts.list', { huntId })
  const { id: hypothesis } = await call('hypotheses.create', {
    huntId,
    title: `Rejected ${HOSTILE}`.slice(0, 200),
    status: 'rejected',
  })
  const item = await call('cases.create', {
    ...{
      title: `Case ${HOSTILE}`.slice(0, 200),
      description: `# Told\n\n${HOSTILE}\n\n**bold** [[technique:T1490]] [[row:${datasetId}/2]]`,
    },
    ...{ tlp: 'AMBER+STRICT', pap: 'RED', tags: ['<b>tag</b>', '=1+1'], severity: 'critical' },
    links: [
      ...alerts.map(({ id }) => ({ kind: 'alert' as const, target: id })),
      { kind: 'hypothesis', target: hypothesis },
      { kind: 'ioc', target: '198.51.100.7', verdict: 'malicious', note: HOSTILE },
      { kind: 'ioc', target: 'https://evil.example.com/a?b=c', verdict: 'suspicious' },
      { kind: 'ioc', target: '44d88612fea8a8f36de82e1278abb02f', verdict: 'malicious' },
      { kind: 'ioc', target: 'mail@example.com' },
      { kind: 'ioc', target: 'evil.example.com' },
      { kind: 'ioc', target: 'WS1', type: 'hostname' },
      { kind: 'technique', target: 'T1059.003', note: HOSTILE },
      { kind: 'row', target: `${datasetId}/2`, note: HOSTILE },
    ],
  })
  caseId = item.id
  await call('searches.create', { huntId, name: 'Beacons', q: 'CommandLine:beacon' })
  await call('searches.create', { huntId, name: 'Shadow copies', q: 'shadows' })
  await call('cases.createNote', {
    caseId,
    title: HOSTILE.slice(0, 200),
    text: `${HOSTILE}\n\n> quote\n\n\`\`\`\n${HOSTILE}\n\`\`\`\n\n| a | b |\n|---|---|\n| ${HOSTILE.replaceAll('|', '')} | 漢字 😀 |`,
  })
  await call('cases.createTask', { caseId, title: HOSTILE.slice(0, 200) })
})

async function written(
  input: Omit<Input<'reports.build'>, 'caseId'>,
): Promise<{ bytes: Buffer; text: string; leftOut: number; name: string }> {
  const job = await program.client.finished((await call('reports.build', { caseId, to: 'folder', ...input })).jobId)
  expect(job.failure).toBeNull()
  return fileOf(job.result)
}
function fileOf(result: unknown): { bytes: Buffer; text: string; leftOut: number; name: string } {
  if (
    typeof result !== 'object' ||
    result === null ||
    !('path' in result) ||
    !('leftOut' in result) ||
    !('name' in result)
  )
    throw new Error('no file')
  const bytes = readFileSync(String(result.path))
  return { bytes, text: bytes.toString(), leftOut: Number(result.leftOut), name: String(result.name) }
}

describe('a report', () => {
  it.each(reportFormats)('is written as %s and told in the activity', async (format) => {
    const { bytes, name } = await written({ format })
    expect(bytes.length).toBeGreaterThan(200)
    const { activity } = await call('cases.activity', { id: caseId, limit: 1 })
    expect(activity[0]).toMatchObject({ act: 'exported', text: name.replace(/ \(\d+\)/, '') })
    expect((await call('cases.verify', { id: caseId })).intact).toBe(true)
  })

  it('says in HTML and Markdown what the case says, with markings, hashes and what was searched without result', async () => {
    const { sha256 } = await call('datasets.get', { id: datasetId })
    for (const format of ['html', 'markdown'] as const) {
      const { text } = await written({ format })
      const said = format === 'html' ? text : text.replaceAll('\\', '')
      for (const part of [
        'TLP:AMBER+STRICT',
        'PAP:RED',
        'Timeline',
        'Findings by technique',
        'T1490 Inhibit System Recovery',
        '198.51.100[.]7',
        'hxxps://evil.example[.]com/a?b',
        'Searched without result',
        'Rejected',
        'The Huntbench authors',
        String(sha256),
        'the chain of hashes is intact',
        'file1.csv row 2',
      ])
        expect(said, `${format}: ${part}`).toContain(part)
      expect(said).not.toContain('https://evil.example.com')
    }
  })

  it('says of what ran without a finding how much it read, and of nothing else', async () => {
    const text = (await written({ format: 'markdown' })).text.replaceAll('\\', '')
    const lines = text.slice(text.indexOf('## Searched without result')).split('\n')
    const line = (what: string) => lines.find((one) => one.startsWith(`| ${what} |`))
    expect(line('Analyzer: Random-looking text')).toContain('nothing in 2 rows of 1 dataset')
    expect(line('Saved search: Beacons')).toContain('no row of 1 dataset, asked for this report')
    expect(lines.join('\n')).toMatch(/\d+ further rules and analyzers .* could not be asked/)
    // These found something.
    expect(lines.join('\n')).not.toMatch(/Suspicious commands|Shadow copies/)
  })

  it('is shown before it is written, holds the chosen sections only, says which it does not, and is marked as chosen', async () => {
    const before = (await call('cases.activity', { id: caseId })).total
    const { html } = await call('reports.preview', { caseId, sections: ['summary', 'searched'], tlp: 'RED' })
    expect(html).toContain('TLP:RED')
    expect(html).toContain('Searched without result')
    expect(html).not.toMatch(/<h2>(?:Timeline|Sources|Indicators)/)
    expect(html).toMatch(/Not in this report, by choice: timeline, findings, .*, activity log\./)
    expect((await call('cases.activity', { id: caseId })).total).toBe(before)
    const { text } = await written({ format: 'html', sections: ['summary', 'searched'], tlp: 'RED' })
    const timeless = (page: string) => page.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '')
    expect(timeless(text)).toBe(timeless(html))
  })

  it('lets no text of the case be more than text in HTML', async () => {
    const { text } = await written({ format: 'html' })
    expect(text).toContain("default-src 'none'")
    expect(text).not.toMatch(/<script|<img src=x|onerror\s*=|<a |href=|\u202e/i)
    // Everything between angle brackets is an element of ours.
    const elements = new Set([...text.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name?.toLowerCase()))
    expect(
      [...elements].filter(
        (name) =>
          !/^(!doctype|html|head|meta|title|style|body|div|main|h[1-6]|p|dl|dt|dd|table|colgroup|col|thead|tbody|tr|th|td|figure|img|figcaption|pre|code|blockquote|ul|ol|li|strong|em|del|br|hr|span)$/.test(
            name ?? '',
          ),
      ),
    ).toEqual([])
  })

  it('lets no text of the case be markup in Markdown', async () => {
    const { text } = await written({ format: 'markdown' })
    const outsideCode = text.replace(/```[^]*?```/g, '').replace(/`[^`]*`/g, '')
    expect(outsideCode).not.toMatch(/(?<!\\)<|(?<!\\)\]\(/)
  })

  it('is a PDF with several pages that names nothing to open', async () => {
    const { bytes } = await written({ format: 'pdf' })
    const text = bytes.toString('latin1')
    expect(text.startsWith('%PDF-')).toBe(true)
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(text).not.toMatch(/\/URI|\/JavaScript|\/JS\b|\/Launch|\/EmbeddedFile/)
  })
})

describe('STIX', () => {
  const folder = join(import.meta.dirname, '..', '..', 'test', 'stix', 'schemas')
  const schemas = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.json') && statSync(join(folder, file)).isFile(),
  )
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  ajv.addFormat('idn-hostname', true)
  for (const file of schemas) ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')))

  it('validates against the schemas of OASIS, each object against its own', async () => {
    const { text, leftOut } = await written({ format: 'stix' })
    expect(leftOut).toBe(1)
    const bundle = JSON.parse(text)
    const base = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas'
    const valid = (path: string, value: unknown): unknown => {
      const check = ajv.getSchema(`${base}/${path}.json`)
      if (!check) throw new Error(`no schema ${path}`)
      return check(value) ? null : check.errors
    }
    // These schemas know TLP 1 only, and of bundles that they hold no notes: notes are validated by themselves, and the marking
    // is compared with what OASIS published for TLP 2.0.
    const known = bundle.objects.filter(
      ({ type }: { type: string }) => type !== 'note' && type !== 'marking-definition',
    )
    expect(valid('common/bundle', { ...bundle, objects: known })).toBeNull()
    const places: Record<string, string> = { sighting: 'sros', relationship: 'sros', 'marking-definition': 'common' }
    const types = new Set<string>()
    for (const object of bundle.objects) {
      types.add(object.type)
      if (object.type === 'marking-definition') continue
      const place =
        places[object.type] ?? (schemas.includes(join('sdos', `${object.type}.json`)) ? 'sdos' : 'observables')
      expect(valid(`${place}/${object.type}`, object), object.type).toBeNull()
    }
    expect([...types].sort()).toEqual([
      'attack-pattern',
      'domain-name',
      'email-addr',
      'file',
      'identity',
      'indicator',
      'ipv4-addr',
      'marking-definition',
      'note',
      'report',
      'sighting',
      'url',
    ])
    expect(bundle.objects[0]).toEqual({
      type: 'marking-definition',
      spec_version: '2.1',
      id: 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
      created: '2022-10-01T00:00:00.000Z',
      name: 'TLP:AMBER+STRICT',
      extensions: {
        'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
          extension_type: 'property-extension',
          tlp_2_0: 'amber+strict',
        },
      },
    })
    const ids = new Set(bundle.objects.map(({ id }: { id: string }) => id))
    expect(ids.size).toBe(bundle.objects.length)
    const report = bundle.objects.find(({ type }: { type: string }) => type === 'report')
    for (const ref of report.object_refs) expect(ids.has(ref)).toBe(true)
  })

  it('has the same ids in every export, those of observables as the standard says', async () => {
    const once = JSON.parse((await written({ format: 'stix' })).text)
    const twice = JSON.parse((await written({ format: 'stix' })).text)
    const idsOf = (bundle: { id: string; objects: { id: string }[] }) => [
      bundle.id,
      ...bundle.objects.map(({ id }) => id),
    ]
    expect(idsOf(twice)).toEqual(idsOf(once))
    // As the examples of the specification have them.
    expect(observableId('ipv4-addr', { value: '198.51.100.3' })).toBe('ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4')
    expect(observableId('domain-name', { value: 'example.com' })).toBe(
      'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7',
    )
    expect(idsOf(once)).toContain(observableId('ipv4-addr', { value: '198.51.100.7' }))
  })
})

describe('ATT&CK Navigator', () => {
  it('gives back what was written, into another case', async () => {
    const { text } = await written({ format: 'navigator' })
    const layer = JSON.parse(text)
    expect(layer).toMatchObject({ domain: 'enterprise-attack', versions: { layer: '4.5' } })
    const other = await call('cases.create', { title: 'Other' })
    const ticket = await program.offer('layer.json', text)
    const done = await call('attack.importLayer', { caseId: other.id, ticket })
    expect(done).toMatchObject({ added: layer.techniques.length, known: 0, wrong: [] })
    const { links } = await call('cases.links', { id: other.id, kind: 'technique' })
    expect(links.map(({ target }) => target).sort()).toEqual(
      layer.techniques.map(({ techniqueID }: { techniqueID: string }) => techniqueID).sort(),
    )
    expect(links.find(({ target }) => target === 'T1059.003')?.note).toContain('<script>')
    const again = await program.offer('layer2.json', text)
    expect(await call('attack.importLayer', { caseId: other.id, ticket: again })).toMatchObject({ added: 0 })
  })

  it('refuses what is no layer and names what is no technique', async () => {
    for (const text of ['', '{', '[]', '{"techniques":1}', 'x'.repeat(100)]) {
      const ticket = await program.offer('bad.json', text)
      expect(await failureOf(call('attack.importLayer', { caseId, ticket }))).toMatchObject({ code: 'invalid-input' })
    }
    const odd = {
      techniques: [
        null,
        1,
        { techniqueID: 'X1' },
        { techniqueID: 'T1003', enabled: false },
        { techniqueID: 'T1110', score: 'a', comment: 5 },
      ],
    }
    const ticket = await program.offer('odd.json', JSON.stringify(odd))
    const { id } = await call('cases.create', { title: 'Odd' })
    expect(await call('attack.importLayer', { caseId: id, ticket })).toEqual({
      name: '',
      added: 1,
      known: 0,
      wrong: ['X1'],
    })
  })

  it('is written of the alerts of a hunt', async () => {
    const job = await program.client.finished((await call('attack.exportLayer', { huntId, to: 'folder' })).jobId)
    expect(JSON.parse(fileOf(job.result).text).techniques.length).toBeGreaterThan(0)
    const ofCase = await program.client.finished((await call('attack.exportLayer', { caseId, to: 'folder' })).jobId)
    expect(fileOf(ofCase.result).name).toContain('layer.json')
  })
})

describe('a list as CSV', () => {
  const csv = async (input: Input<'reports.csv'>) => {
    const job = await program.client.finished((await call('reports.csv', { to: 'folder', ...input })).jobId)
    expect(job.failure).toBeNull()
    return fileOf(job.result)
  }

  it('has a line for each item of any list, and its filter holds', async () => {
    const { text } = await csv({ call: 'alerts.list', input: { huntId } })
    const { total } = await call('alerts.list', { huntId })
    expect(text).toContain('title')
    expect(text.trimEnd().split(/\r\n/).length).toBeGreaterThan(total)
    expect((await csv({ call: 'cases.links', input: { id: caseId, kind: 'ioc' } })).text).toContain('198.51.100.7')
  })

  it('makes text of formulas for spreadsheets, and leaves cells alone when raw', async () => {
    await call('cases.create', { title: '=cmd|calc' })
    expect((await csv({ call: 'cases.list' })).text).toContain("'=cmd|calc")
    expect((await csv({ call: 'cases.list', guard: false })).text).not.toContain("'=cmd")
  })

  it.each([['hunts.create'], ['alerts.get'], ['nothing.list'], ['workspace.info'], ['__proto__']])(
    'refuses %s',
    async (name) => {
      expect(await failureOf(call('reports.csv', { call: name, to: 'folder' }))).toMatchObject({
        code: 'invalid-input',
      })
    },
  )

  it('says where the filter does not fit', async () => {
    expect(
      await failureOf(call('reports.csv', { call: 'alerts.list', input: { status: 'odd' }, to: 'folder' })),
    ).toMatchObject({ code: 'invalid-input', detail: { path: expect.stringContaining('input.status') } })
  })
})
