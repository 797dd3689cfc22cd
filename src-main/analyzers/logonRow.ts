import type { RowView } from './analyzer.ts'
import { plainId } from './eventRules.ts'

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

/** The logon that a row tells of, from Windows events, Entra sign-ins, SSH messages or plain words; null when none. */
export function logonOf(row: RowView): Logon | null {
  const event = plainId(row.text('event_id'))
  const status = row.text('status').trim().toLowerCase()
  const type = row.text('logon_type').trim().replace(/\.0$/, '')
  const account = accountName(row.text('username'))
  const source = (row.text('src_ip') || row.text('ip_address'))
    .trim()
    .toLowerCase()
    .replace(/^::ffff:/, '')
  const restricted = RESTRICTED.has(status)
  const found = (outcome: Logon['outcome']): Logon => ({
    outcome,
    account,
    source,
    type,
    restricted: outcome === 'failed' && restricted,
  })

  if (FAILED_EVENTS.has(event)) {
    if (event !== '18456') return found('failed')
    return {
      ...found('failed'),
      account:
        account ||
        accountName(
          /<string>([^<]{1,64})<|user '([^']{1,64})'/i.exec(row.text('description').slice(0, TEXT_MAX))?.[1] ?? '',
        ),
    }
  }
  if (SUCCESS_EVENTS.has(event)) return found('succeeded')
  if (STATUS_EVENTS.has(event)) return /^(?:0x0+|0|)$/.test(status) ? null : found('failed')
  const description = row.text('description').slice(0, TEXT_MAX)
  if (event === '33205') {
    if (!/action_id:(?:lgif|dbaf)/i.test(description)) return null
    return {
      ...found('failed'),
      account: accountName(/server_principal_name:(\S{1,64})/i.exec(description)?.[1] ?? '') || account,
    }
  }
  const ssh = sshLogon(description)
  if (ssh !== null) return { ...ssh, source: ssh.source || source, account: ssh.account || account }
  if (event.length >= 4 && /^\d+$/.test(event)) return null
  if (ENTRA_FAILED.has(status)) return found('failed')
  const kind = row.text('event_type').slice(0, TEXT_MAX)
  if (account === '' || !(LOGON_WORD.test(kind) || type !== '')) return null
  if (FAILED_WORD.test(kind) || FAILED_WORD.test(status)) return found('failed')
  return SUCCESS_WORD.test(status) || /success|succeeded|userloggedin/i.test(kind) || (type !== '' && status === '')
    ? found('succeeded')
    : null
}

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
