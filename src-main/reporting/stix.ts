import type { IocType, Tlp } from '#contract/values'
import type { CaseContent } from './content.ts'
import { observableId, ownId } from './stixIds.ts'

/** TLP 2.0 as OASIS defines it for STIX 2.1: one marking each, told by an extension. */
const TLP_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'
const TLP_MARKINGS: Record<Tlp, string> = {
  CLEAR: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  GREEN: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  AMBER: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'AMBER+STRICT': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  RED: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

type StixObject = { type: string; id: string; [property: string]: unknown }
type Ioc = CaseContent['iocs'][number]

/**
 * A STIX 2.1 bundle of a case: a report with its indicators, observables, techniques, sightings and notes. The same case has
 * the same ids in every export, so that importing twice is importing once.
 */
export function stixOf(content: CaseContent): { type: 'bundle'; id: string; objects: StixObject[] } {
  const { item } = content
  const marking = TLP_MARKINGS[item.tlp]
  const author = ownId('identity', item.author === '' ? 'Huntbench analyst' : item.author)
  const shared = (created: string, modified: string) => ({
    spec_version: '2.1',
    created: stixTime(created),
    modified: stixTime(modified),
    created_by_ref: author,
    object_marking_refs: [marking],
  })
  const identity: StixObject = {
    type: 'identity',
    id: author,
    ...shared(item.createdAt, item.createdAt),
    name: item.author === '' ? 'Huntbench analyst' : item.author,
    identity_class: 'individual',
  }
  delete identity['created_by_ref']
  const reportId = ownId('report', item.id)
  const techniques = content.techniques.map((technique): StixObject => ({
    type: 'attack-pattern',
    id: ownId('attack-pattern', item.id, technique.id),
    ...shared(item.createdAt, item.createdAt),
    name: technique.name,
    external_references: [{ source_name: 'mitre-attack', external_id: technique.id }],
    ...(technique.tactics.length === 0
      ? {}
      : {
          kill_chain_phases: technique.tactics.map((phase) => ({
            kill_chain_name: 'mitre-attack',
            phase_name: phase.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
          })),
        }),
  }))
  const observables = content.iocs.flatMap((ioc) => observable(ioc, marking) ?? [])
  const indicators = content.iocs.flatMap((ioc): StixObject[] => {
    const pattern = patternOf(ioc)
    if (pattern === null || (ioc.verdict !== 'malicious' && ioc.verdict !== 'suspicious')) return []
    return [
      {
        type: 'indicator',
        id: ownId('indicator', item.id, ioc.iocType ?? '', ioc.target),
        ...shared(ioc.addedAt, ioc.updatedAt),
        name: ioc.target,
        ...(ioc.note === '' ? {} : { description: ioc.note }),
        indicator_types: [ioc.verdict === 'malicious' ? 'malicious-activity' : 'anomalous-activity'],
        pattern,
        pattern_type: 'stix',
        pattern_version: '2.1',
        valid_from: stixTime(ioc.addedAt),
      },
    ]
  })
  const sightings = content.alerts.flatMap((alert): StixObject[] => {
    if (alert.mitreTechnique === null) return []
    const [first, last] = [alert.firstTime, alert.lastTime ?? alert.firstTime]
    return [
      {
        type: 'sighting',
        id: ownId('sighting', item.id, alert.id),
        ...shared(alert.createdAt, alert.updatedAt),
        description: [alert.title, alert.host === null ? '' : `on ${alert.host}`]
          .filter((text) => text !== '')
          .join(' '),
        ...(first === null || last === null ? {} : { first_seen: stixTime(first), last_seen: stixTime(last) }),
        count: Math.min(999_999_999, Math.max(1, alert.evidenceTotal)),
        sighting_of_ref: ownId('attack-pattern', item.id, alert.mitreTechnique),
      },
    ]
  })
  const told = [...techniques, ...observables, ...indicators, ...sightings]
  const notes = content.notes.map((note): StixObject => ({
    type: 'note',
    id: ownId('note', note.id),
    ...shared(note.createdAt, note.updatedAt),
    ...(note.title === '' ? {} : { abstract: note.title }),
    content: note.text === '' ? note.title || 'Empty note' : note.text,
    ...(note.author === '' ? {} : { authors: [note.author] }),
    object_refs: [reportId],
  }))
  const report: StixObject = {
    type: 'report',
    id: reportId,
    ...shared(item.createdAt, item.updatedAt),
    name: item.title,
    ...(item.description === '' ? {} : { description: item.description }),
    report_types: ['threat-report'],
    published: stixTime(item.updatedAt),
    // Also in words: a reader that does not know the marking still shows it.
    labels: [`TLP:${item.tlp}`, `PAP:${item.pap}`, ...item.tags],
    object_refs: told.length === 0 ? [author] : told.map(({ id }) => id),
  }
  return {
    type: 'bundle',
    id: ownId('bundle', item.id),
    objects: unique([tlpMarking(item.tlp), identity, report, ...told, ...notes]),
  }
}

/** One thing is once in a bundle, also where two indicators name it. */
const unique = (objects: StixObject[]): StixObject[] => [...new Map(objects.map((one) => [one.id, one])).values()]

/** RFC 3339 with the three digits that every reader takes. */
const stixTime = (iso: string): string =>
  iso.replace(/(\.\d{1,3})?\d*Z$/, (_, digits: string | undefined) => `${(digits ?? '.').padEnd(4, '0')}Z`)

const tlpMarking = (tlp: Tlp): StixObject => ({
  type: 'marking-definition',
  spec_version: '2.1',
  id: TLP_MARKINGS[tlp],
  created: '2022-10-01T00:00:00.000Z',
  name: `TLP:${tlp}`,
  extensions: { [TLP_EXTENSION]: { extension_type: 'property-extension', tlp_2_0: tlp.toLowerCase() } },
})

const VALUES: Partial<Record<IocType, string>> = {
  ipv4: 'ipv4-addr',
  ipv6: 'ipv6-addr',
  domain: 'domain-name',
  url: 'url',
  email: 'email-addr',
}
const HASHES: Partial<Record<IocType, string>> = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' }

/** What STIX knows as an observable; a host name or a JA4 it does not. */
function observable({ iocType, target }: Ioc, marking: string): StixObject | null {
  const type = iocType === null ? undefined : VALUES[iocType]
  const shared = { spec_version: '2.1', object_marking_refs: [marking] }
  if (type !== undefined) return { type, id: observableId(type, { value: target }), ...shared, value: target }
  const hash = iocType === null ? undefined : HASHES[iocType]
  if (hash === undefined) return null
  const hashes = { [hash]: target }
  return { type: 'file', id: observableId('file', { hashes }), ...shared, hashes }
}

function patternOf({ iocType, target }: Ioc): string | null {
  const quoted = `'${target.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const type = iocType === null ? undefined : VALUES[iocType]
  if (type !== undefined) return `[${type}:value = ${quoted}]`
  const hash = iocType === null ? undefined : HASHES[iocType]
  return hash === undefined ? null : `[file:hashes.'${hash}' = ${quoted}]`
}
