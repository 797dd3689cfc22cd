import type { AppError } from '#contract/appError'
import type { ConnectionTest } from '#contract/connections'
import type { ConnectionOutcome } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { formatCount, formatDuration } from '../../../ui/formatNumber.ts'

const titles: Readonly<Record<ConnectionOutcome, string>> = {
  ok: 'Works',
  incomplete: 'Works in part',
  'wrong-password': 'Wrong user or password',
  unreachable: 'Not reached',
  tls: 'No secure connection',
  'missing-database': 'Database missing',
  failed: 'Failed',
}
const rights: Readonly<Record<number, string>> = {
  0: 'may write',
  1: 'may only read, and set nothing',
  2: 'may only read',
}

type ConnectionTestedProps = { pending: boolean; tested: ConnectionTest | undefined; failure: AppError | null }

/** What a test found: how far it came, and what panels will lack. */
export function ConnectionTested({ pending, tested, failure }: ConnectionTestedProps) {
  if (failure) return <FailureLine failure={failure} />
  if (pending) return <p className="t2">Waiting for the server, 15 seconds at most.</p>
  if (!tested) return null
  const { outcome, message, version, readonly, clockSkewMs, ms, databases, missing } = tested
  const facts = [
    version === null ? null : `ClickHouse ${version}`,
    readonly === null ? null : (rights[readonly] ?? null),
    clockSkewMs === null ? null : skewText(clockSkewMs),
    databases.length === 0
      ? null
      : databases.map(({ name, found }) => `${name} ${found ? 'found' : 'not found'}`).join(', '),
    `${formatCount(ms)} ms`,
  ].filter((fact) => fact !== null)
  return (
    <div className="connection-tested" role="status">
      <p>
        <b className={outcome === 'ok' ? 'ok' : outcome === 'incomplete' ? 'warn' : 'bad'}>{titles[outcome]}</b>{' '}
        {message}
      </p>
      <p className="t2 sm">{facts.join(' · ')}</p>
      {missing.length > 0 && (
        <ul className="connection-missing sm">
          {missing.map(({ object, panels }) => (
            <li key={object}>
              <span className="mono">{object}</span> <span className="t2">lacking in {panels.join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function skewText(ms: number): string {
  const seconds = Math.abs(ms) / 1000
  if (seconds < 1.5) return 'clocks agree'
  return `its clock is ${formatDuration(seconds)} ${ms > 0 ? 'ahead' : 'behind'}`
}
