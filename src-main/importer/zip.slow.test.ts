import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#contract/appError'
import { importFile } from './importFile.ts'
import { listMembers } from './listMembers.ts'
import { previewArchive } from './previewArchive.ts'
import { openSource } from './readSource.ts'
import { testFolder } from './testing/importTo.ts'
import { writeZip, type WrittenMember } from './testing/writeZip.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const CSV = 'TimeCreated,Computer\n2024-01-01T00:00:00Z,WS1\n2024-01-01T00:00:01Z,WS2\n'
const list = (archive: Buffer) => listMembers(folder.write(archive, 'a.zip'), () => false)
const refusals = async (...members: WrittenMember[]) =>
  (await list(writeZip(members)))?.refused.map(({ name, message }) => `${name}: ${message}`)

async function bytesOf(archive: Buffer, member: string): Promise<Buffer> {
  const source = await openSource(folder.write(archive, 'b.zip'), { hash: true, member })
  try {
    const blocks: Buffer[] = []
    for (let block = await source.next(); block !== null; block = await source.next()) blocks.push(Buffer.from(block))
    return Buffer.concat(blocks)
  } finally {
    await source.close()
  }
}

describe('members of an archive', () => {
  test.each([
    ['deflated', {}],
    ['stored', { store: true }],
    ['with sizes behind the data', { descriptor: true }],
    ['with ZIP64 sizes', { zip64: true }],
  ])('%s are streamed byte for byte', async (_, how) => {
    const data = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => (n * 7919 + (n >> 9)) & 255))
    const archive = writeZip([
      { name: 'x.txt', data: 'first' },
      { name: 'folder/a.csv', data, ...how },
      { name: 'y', data: 'last' },
    ])
    expect((await bytesOf(archive, 'folder/a.csv')).equals(data)).toBe(true)
    expect((await bytesOf(archive, 'y')).toString()).toBe('last')
  })

  test('are listed with a ZIP64 end, a comment and folders', async () => {
    const archive = writeZip(
      [
        { name: 'folder/', data: '' },
        { name: 'folder/a.csv', data: CSV },
      ],
      { zip64: true, comment: 'PK\x05\x06 not the end' },
    )
    expect(await list(archive)).toEqual({ members: [{ name: 'folder/a.csv', size: CSV.length }], refused: [] })
  })

  test('whose names step out of a folder or hide characters are refused, those that name a root or drive get plain ones', async () => {
    const tricks = ['../../etc/passwd.csv', '..\\c.csv', 'a/./../d.csv', 'e\0.csv', '..', 'f\u202evsc.csv']
    const plain = ['/abs/a.csv', 'C:\\Windows\\b.csv', './c.csv', 'd..csv']
    const found = await list(writeZip([...tricks, ...plain].map((name) => ({ name, data: CSV }))))
    expect(found?.members.map(({ name }) => name)).toEqual(['abs/a.csv', 'Windows/b.csv', 'c.csv', 'd..csv'])
    expect(found?.refused.map(({ name }) => name)).toEqual([
      'etc/passwd.csv',
      'c.csv',
      'a/d.csv',
      'e.csv',
      'member',
      'f\u202evsc.csv',
    ])
    for (const { message } of found?.refused ?? []) expect(message).toContain('steps out of its folder')
  })

  test('that are symbolic links are refused, not followed and not read', async () => {
    const archive = writeZip([
      { name: 'a.csv', data: '/etc/passwd', mode: 0o120777 },
      { name: 'a.csv', data: CSV, mode: 0o100644 },
    ])
    const found = await list(archive)
    expect(found?.members).toEqual([{ name: 'a.csv', size: CSV.length }])
    expect(found?.refused).toMatchObject([{ name: 'a.csv', message: expect.stringContaining('symbolic link') }])
  })

  test('have names in UTF-8 or code page 437', async () => {
    const members = [
      { name: 'é.csv', data: CSV, flags: 0 },
      { name: Buffer.from([0x81, 0x2e, 0x63]), data: CSV, flags: 0 },
    ]
    expect((await list(writeZip(members)))?.members.map(({ name }) => name)).toEqual(['é.csv', 'ü.c'])
  })

  test('that are no tables are named with the reason', async () => {
    expect(
      await refusals(
        { name: 'a.csv', data: CSV },
        { name: 'inner.zip', data: writeZip([{ name: 'a.csv', data: CSV }]) },
        { name: 'Security.evtx', data: 'ElfFile\0...' },
        { name: 'noise', data: Buffer.from(Array.from({ length: 4_000 }, (_, n) => (n * 7919) % 31)) },
        { name: 'empty.csv', data: '' },
        { name: 'secret.csv', data: CSV, flags: 1 },
        { name: 'aes.csv', data: CSV, method: 99 },
        { name: 'z.csv', data: CSV, method: 93 },
        { name: './a.csv', data: 'other' },
      ),
    ).toEqual([
      'inner.zip: It is an archive inside the archive. Unpack it and import the files inside.',
      expect.stringContaining('Windows event log'),
      'noise: The file is binary, not text.',
      'empty.csv: The file is empty.',
      expect.stringContaining('secret.csv: It is encrypted'),
      expect.stringContaining('aes.csv: It is encrypted'),
      expect.stringContaining('z.csv: It is packed with Zstandard'),
      'a.csv: Another member of the archive has the same name; only the first one was taken.',
    ])
  })

  test('that would unpack to a bomb are not opened', async () => {
    expect(await refusals({ name: 'bomb.csv', data: CSV, size: 2 * 1024 ** 3 })).toEqual([
      expect.stringContaining('archive bombs'),
    ])
    expect(await refusals({ name: 'huge.csv', data: CSV, size: 2 ** 45 })).toEqual([
      expect.stringContaining('archive bombs'),
    ])
  })

  test('that lie about size, checksum or name fail while they are read', async () => {
    const read = (member: Partial<WrittenMember>) =>
      bytesOf(writeZip([{ name: 'a.csv', data: CSV.repeat(9), ...member }]), 'a.csv')
    await expect(read({ size: 10 })).rejects.toMatchObject({
      code: 'not-a-table',
      message: expect.stringContaining('larger than the 10 bytes'),
    })
    await expect(read({ size: 1_000_000 })).rejects.toMatchObject({
      message: expect.stringContaining('the directory says 1000000'),
    })
    await expect(read({ crc: 1 })).rejects.toMatchObject({ message: expect.stringContaining('checksum') })
    await expect(read({ localName: 'b.csv' })).rejects.toMatchObject({ message: expect.stringContaining('header') })
    await expect(read({ store: true, method: 8 })).rejects.toMatchObject({ code: 'not-a-table' })
  })
})

test('an archive with a line end behind it is read', async () => {
  const archive = Buffer.concat([writeZip([{ name: 'a.csv', data: CSV }]), Buffer.from('\n')])
  expect((await list(archive))?.members).toHaveLength(1)
})

describe('a directory that cannot be trusted', () => {
  const two = [
    { name: 'a.csv', data: CSV },
    { name: 'b.csv', data: CSV },
  ]
  test.each([
    ['counts too many', writeZip(two, { count: 3 })],
    ['counts too few', writeZip(two, { count: 1 })],
    ['is longer than it says', writeZip(two, { size: 50 })],
    ['stands elsewhere', writeZip(two, { offset: 3 })],
    ['lies behind the end', writeZip(two, { offset: 2 ** 31 })],
    ['is cut off', writeZip(two).subarray(0, -30)],
    ['is missing', writeZip(two).subarray(0, 60)],
    ['points behind itself', writeZip([{ ...two[0]!, offset: 10_000 }])],
    ['has impossible sizes', writeZip([{ name: 'a', data: CSV, zip64: true, offset: 2 ** 53 }])],
  ])('%s: the archive is refused', async (_, archive) => {
    await expect(list(archive)).rejects.toMatchObject({
      code: 'not-a-table',
      message: expect.stringMatching(/cut off or damaged/),
    })
  })

  test('has members upon each other: the archive is refused', async () => {
    await expect(list(writeZip([two[0]!, { ...two[1]!, offset: 0 }]))).rejects.toMatchObject({ code: 'too-large' })
  })

  test('whatever bytes are damaged, the answer is a list or a failure that says why', async () => {
    const archive = writeZip([...two, { name: 'c.csv', data: CSV, descriptor: true }], { zip64: true })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const copy = Buffer.from(archive)
          for (const [place, byte] of changes) copy[place] = byte
          const path = folder.write(copy, 'damaged.zip')
          const found = await listMembers(path, () => false).catch((error: unknown) => error)
          if (found instanceof Error) {
            expect(found).toBeInstanceOf(AppError)
            return
          }
          for (const { name } of (found as Awaited<ReturnType<typeof listMembers>>)?.members ?? []) {
            expect(name).not.toMatch(/(^|\/)\.\.(\/|$)|^\/|\\/)
            await bytesOf(copy, name).then(
              (bytes) => expect(bytes.length).toBeLessThan(10_000),
              (error: unknown) => expect(error).toBeInstanceOf(AppError),
            )
          }
        },
      ),
      { numRuns: 150 },
    )
  }, 60_000)
})

test('an import of a member is that of the file, with the SHA-256 of its bytes', async () => {
  const path = folder.write(
    writeZip([
      { name: 'x/a.csv', data: CSV },
      { name: 'b.csv.gz', data: gzipSync(CSV) },
    ]),
    'c.zip',
  )
  const quiet = { cancelled: () => false, progress: () => undefined }
  const found = await importFile(
    { path, member: 'x/a.csv', name: 'c.zip/x/a.csv', dialect: {}, target: folder.target() },
    quiet,
  )
  expect(found).toMatchObject({
    rows: 2,
    quarantined: 0,
    size: CSV.length,
    sha256: createHash('sha256').update(CSV).digest('hex'),
  })
  expect(
    await importFile({ path, member: 'b.csv.gz', name: 'b', dialect: {}, target: folder.target() }, quiet),
  ).toMatchObject({ rows: 2 })
  await expect(
    importFile({ path, member: 'none', name: 'x', dialect: {}, target: folder.target() }, quiet),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('a preview of an archive is that of its first table, with the names of all', async () => {
  const path = folder.write(
    writeZip([
      { name: 'numbers.json', data: '[1,2]' },
      { name: 'a.csv', data: CSV },
      { name: 'b.csv', data: 'a;b\n1;2\n' },
    ]),
    'd.zip',
  )
  const shown = await previewArchive({ path, name: 'd.zip', dialect: {} }, () => false)
  expect(shown).toMatchObject({
    file: 'd.zip/a.csv',
    size: CSV.length,
    rows: [
      ['2024-01-01T00:00:00Z', 'WS1'],
      ['2024-01-01T00:00:01Z', 'WS2'],
    ],
    complete: true,
  })
  expect(shown.members.map(({ name }) => name)).toEqual(['numbers.json', 'a.csv', 'b.csv'])
  expect((await previewArchive({ path: folder.write(CSV), name: 'x', dialect: {} }, () => false)).members).toEqual([])
  const none = folder.write(writeZip([{ name: 'x.evtx', data: 'ElfFile\0' }]), 'e.zip')
  await expect(previewArchive({ path: none, name: 'e.zip', dialect: {} }, () => false)).rejects.toMatchObject({
    code: 'not-a-table',
    message: expect.stringContaining('Windows event log'),
  })
})

const evidence = resolve(import.meta.dirname, '../../../shared/evidence')
test.skipIf(!existsSync(evidence))(
  'every archive of the evidence is imported or refused with a reason (needs ../shared/evidence)',
  async () => {
    const zips = readdirSync(evidence, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.zip'))
    const rows = new Map<string, number>()
    for (const zip of zips) {
      const path = join(evidence, zip)
      if (readFileSync(path).length < 30) continue
      const found = await listMembers(path, () => false)
      for (const { name } of found?.members.slice(0, 20) ?? []) {
        const request = { path, member: name, name, dialect: {}, target: folder.target() }
        const result = await importFile(request, { cancelled: () => false, progress: () => undefined }).catch(
          (error: unknown) => error,
        )
        if (result instanceof Error) expect([zip, name, (result as AppError).code]).toEqual([zip, name, 'not-a-table'])
        else rows.set(`${zip}/${name}`, (result as { rows: number; quarantined: number }).rows)
      }
    }
    expect(rows.size).toBeGreaterThan(15)
  },
  120_000,
)
