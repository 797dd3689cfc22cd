import { ClickHouseError } from '@clickhouse/client'
import { AppError } from '#contract/appError'
import type { FailureCode } from '#contract/values'

type Meaning = { code: FailureCode; message: string }

const WRONG_PASSWORD = {
  code: 'unauthorised',
  message: 'ClickHouse refused the user or the password. Enter them again in the settings of the connection.',
} as const
const TOO_MUCH = 'Narrow the time range or the filter, or raise the limit of the connection.'

/** Numbers under which a server says that it, its disk or its network cannot go on. The statement is not to blame. */
const CANNOT_GO_ON = {
  code: 'unavailable',
  message: 'The server could not go on: it is stopping, or something is wrong with its disk or its network. Try again.',
} as const
const TROUBLES = [
  // Files and disks, sockets, tables that may not be written at the moment.
  ...[3, 33, 74, 75, 76, 77, 87, 88, 95, 96, 107, 198, 203, 209, 210, 242, 279, 425, 439, 499],
  // Stopping, or an INSERT of which it does not know what became of it.
  ...[236, 319, 341, 735],
  // The keeper of replicas, and what the system or a library threw.
  ...[225, 254, 285, 999, 1000, 1001, 1002],
]

/** What error numbers of ClickHouse mean for the person. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ...Object.fromEntries(TROUBLES.map((number) => [number, CANNOT_GO_ON])),
  243: { code: 'unavailable', message: 'The disk of the server is full. Make room there, and try again.' },
  252: { code: 'unavailable', message: 'The server is still merging what was written before. Try again in a while.' },
  47: { code: 'not-found', message: 'The server has no such column.' },
  60: { code: 'not-found', message: 'The server has no such table or view.' },
  218: { code: 'not-found', message: 'The table was dropped on the server.' },
  81: { code: 'not-found', message: 'The server has no such database.' },
  36: { code: 'not-found', message: 'The server has no such dictionary or key.' },
  158: { code: 'too-large', message: `The query would read too many rows. ${TOO_MUCH}` },
  159: { code: 'too-large', message: `The query took longer than its limit. ${TOO_MUCH}` },
  160: { code: 'too-large', message: `The query would take longer than its limit. ${TOO_MUCH}` },
  241: { code: 'too-large', message: `The query needs more memory than the server allows. ${TOO_MUCH}` },
  307: { code: 'too-large', message: `The query would read too many bytes. ${TOO_MUCH}` },
  396: { code: 'too-large', message: `The answer has more rows than its limit. ${TOO_MUCH}` },
  // The name `default` answers another number than the others.
  194: WRONG_PASSWORD,
  516: WRONG_PASSWORD,
  164: { code: 'conflict', message: 'This user may only read, and may change no setting.' },
  497: { code: 'unauthorised', message: 'This user has no right to do that. Have it granted, or use another user.' },
  202: { code: 'unavailable', message: 'The server runs too many queries at once. Try again in a moment.' },
  394: { code: 'cancelled', message: 'The query was stopped on the server.' },
  427: { code: 'invalid-input', message: 'ClickHouse cannot read the regular expression, or it is too large.' },
  // RE2 refuses a pattern whose program is too large under this number.
  68: { code: 'invalid-input', message: 'ClickHouse cannot read the regular expression, or it is too large.' },
}

/** What the server itself said, with the query in it: to be read by the program, never shown. */
export const clickhouseText = (failure: AppError): string => messageOf(failure.cause)

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'])

/**
 * Any error of the driver as AppError; `detail.clickhouse` is the server's number, `detail.queryId` finds the query in its
 * log. The server's own text stays out of the message: it quotes the query, values and all; `cause` keeps it.
 */
export function clickhouseFailure(error: unknown, queryId: string): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const detail = { queryId, clickhouse: code }
  const options = { cause: error }
  if (error instanceof ClickHouseError) {
    const meaning = MEANINGS[error.code]
    if (meaning) return new AppError(meaning.code, meaning.message, detail, options)
    return new AppError(
      'internal',
      `ClickHouse could not answer (error ${error.code}). Its log tells why, under the id of the query.`,
      detail,
      options,
    )
  }
  if (/certificate|self-signed|SSL|TLS|ERR_TLS|EPROTO/i.test(`${code} ${messageOf(error)}`))
    return new AppError('unavailable', tlsMessage(code), { ...detail, tls: true }, options)
  const unreachable = UNREACHABLE.has(code ?? '')
  const message = unreachable
    ? 'ClickHouse cannot be reached at this address. See that it runs, and that address and port are right.'
    : 'The connection to ClickHouse ended before the answer was complete. Try again.'
  return new AppError('unavailable', message, unreachable ? { ...detail, unreachable } : detail, options)
}

const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the server is signed by itself. Enter it as the authority.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'The authority that signed the certificate of the server is not known. Enter its certificate.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The authority that signed the certificate of the server is not known. Enter its certificate.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The authority that signed the certificate of the server is not known. Enter its certificate.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server is for another name.',
}
/** Failures of which an authority that was entered is the reason. */
const UNSIGNED = new Set<unknown>([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])
/** The same failure where the connection names an authority: it is then another one that signed. */
export function signedByAnother(error: unknown): unknown {
  if (!(error instanceof AppError) || !UNSIGNED.has(error.detail?.['clickhouse'])) return error
  const message =
    'The certificate of the server is not signed by the authority that was entered. Enter that of its own.'
  return new AppError(error.code, message, error.detail, { cause: error })
}
const tlsMessage = (code: string | null): string =>
  CERTIFICATES[code ?? ''] ??
  'The secure connection to ClickHouse could not be made. See that the address is the one of its HTTPS interface.'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : null
}
