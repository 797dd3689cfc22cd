import type { CanonicalField } from '#contract/values'
import type { RowView } from './analyzer.ts'
import type { Shared } from './shared.ts'

/** What a row says about a logon. */
export type Logon = {
  outcome: 'failed' | 'succeeded'
  account: string
  /** Address or name where it came from; '' when the row does not say. */
  source: string
  /** Windows logon type, '' when there is none. */
  type: string
  /** Why it failed was not the password but the account: disabled, expired, locked, not allowed here. */
  restricted: boolean
}

const FAILED_EVENTS = new Set([
  '4625',
  '4771',
  '529',
  '530',
  '531',
  '532',
  '533',
  '534',
  '535',
  '536',
  '537',
  '539',
  '675',
  '18456',
])
/** These report both outcomes in their status. */
const STATUS_EVENTS = new Set(['4768', '4776', '680', '672'])
const SUCCESS_EVENTS = new Set(['4624', '528', '540'])
/** NTSTATUS and Microsoft Entra result codes: disabled, locked out, expired, workstation or hours not allowed, restriction. */
const RESTRICTED = new Set([
  '0xc0000072',
  '0xc0000234',
  '0xc0000193',
  '0xc000006e',
  '0xc000006f',
  '0xc0000070',
  '0xc0000413',
  '0xc000015b',
  '50057',
  '50053',
  '50105',
  '53003',
  '53000',
])
/** Microsoft Entra result codes of failed sign-ins (learn.microsoft.com, AADSTS error codes). */
const ENTRA_FAILED = new Set([
  '50126',
  '50053',
  '50055',
  '50056',
  '50057',
  '50034',
  '50064',
  '50072',
  '50074',
  '50076',
  '50105',
  '53003',
  '53000',
  '500121',
  '65001',
  '700016',
])
const SSH_FAILED =
  /(?:failed (?:password|publickey|none|keyboard-interactive\S{0,20}) for (?:invalid user )?|invalid user |authentication failure;.{0,120}user=)(\S{1,64})(?:.{0,40}? from |.{0,60}?rhost=)?(\S{1,64})?/i
const SSH_ACCEPTED = /accepted (?:password|publickey|keyboard-interactive\S{0,20}) for (\S{1,64}) from (\S{1,64})/i
const FAILED_WORD =
  /\bfail(?:ed|ure)?\b|\bdenied\b|\binvalid\b|\bincorrect\b|userloginfailed|\bunauthori[sz]ed\b|bad ?password/i
const SUCCESS_WORD = /^(?:success(?:ful|fully)?|succeeded|ok|0|0x0|true)$/i
const LOGON_WORD = /log[- ]?[io]n|sign[- ]?in|authent|userlogg|\bssh/i
/** Where text that names a logon is looked for, in characters. */
const TEXT_MAX = 2_000

/** What `logonOf` looks at, and the host it happened on. */
export const LOGON_FIELDS = [
  'event_id',
  'event_type',
  'status',
  'logon_type',
  'username',
  'src_ip',
  'ip_address',
  'description',
  'hostname',
] as const satisfies readonly CanonicalField[]

/** The logon that a row tells of, from Windows events, Entra sign-ins, SSH messages or plain words; null when none. */
export function logonOf(row: RowView, shared: Shared): Logon | null {
  const event = shared.id(row.text('event_id'))
  if (FAILED_EVENTS.has(event)) {
    const failed = told(row, 'failed')
    if (event !== '18456') return failed
    const text = row.text('description').slice(0, TEXT_MAX)
    const named = /<string>([^<]{1,64})<|user '([^']{1,64})'/i.exec(text)?.[1] ?? ''
    return { ...failed, account: failed.account || accountName(named) }
  }
  if (SUCCESS_EVENTS.has(event)) return told(row, 'succeeded')
  if (STATUS_EVENTS.has(event)) return /^(?:0x0+|0|)$/.test(statusOf(row)) ? null : told(row, 'failed')
  const description = row.text('description').slice(0, TEXT_MAX)
  if (event === '33205') {
    if (!/action_id:(?:lgif|dbaf)/i.test(description)) return null
    const failed = told(row, 'failed')
    const named = accountName(/server_principal_name:(\S{1,64})/i.exec(description)?.[1] ?? '')
    return { ...failed, account: named || failed.account }
  }
  const ssh = description === '' ? null : sshLogon(description)
  if (ssh !== null) {
    const { source, account } = told(row, ssh.outcome)
    return { ...ssh, source: ssh.source || source, account: ssh.account || account }
  }
  if (event.length >= 4 && /^\d+$/.test(event)) return null
  return inWords(row)
}

/** A logon that no event id tells of, by its status and the words of its kind. */
function inWords(row: RowView): Logon | null {
  const status = statusOf(row)
  if (ENTRA_FAILED.has(status)) return told(row, 'failed')
  const kind = row.text('event_type').slice(0, TEXT_MAX)
  const type = typeOf(row)
  if (type === '' && !LOGON_WORD.test(kind)) return null
  if (accountName(row.text('username')) === '') return null
  if (FAILED_WORD.test(kind) || FAILED_WORD.test(status)) return told(row, 'failed')
  return SUCCESS_WORD.test(status) || /success|succeeded|userloggedin/i.test(kind) || (type !== '' && status === '')
    ? told(row, 'succeeded')
    : null
}

const statusOf = (row: RowView): string => row.text('status').trim().toLowerCase()
const typeOf = (row: RowView): string => row.text('logon_type').trim().replace(/\.0$/, '')

/** What the row says in the fields of a logon. */
const told = (row: RowView, outcome: Logon['outcome']): Logon => ({
  outcome,
  account: accountName(row.text('username')),
  source: (row.text('src_ip') || row.text('ip_address'))
    .trim()
    .toLowerCase()
    .replace(/^::ffff:/, ''),
  type: typeOf(row),
  restricted: outcome === 'failed' && RESTRICTED.has(statusOf(row)),
})

function sshLogon(text: string): Logon | null {
  if (!/failed |invalid user|authentication failure|accepted /i.test(text)) return null
  const failed = SSH_FAILED.exec(text)
  if (failed !== null)
    return {
      outcome: 'failed',
      account: accountName(failed[1] ?? ''),
      source: (failed[2] ?? '').toLowerCase(),
      type: '',
      restricted: false,
    }
  const accepted = SSH_ACCEPTED.exec(text)
  if (accepted === null) return null
  return {
    outcome: 'succeeded',
    account: accountName(accepted[1] ?? ''),
    source: (accepted[2] ?? '').toLowerCase(),
    type: '',
    restricted: false,
  }
}

/** `CORP\Bob` and `bob@corp.local` stay apart only by name: `bob`. Addresses of cloud accounts stay whole. */
function accountName(text: string): string {
  const lower = text.trim().toLowerCase()
  return lower.slice(lower.lastIndexOf('\\') + 1)
}
