import type { ReactNode } from 'react'
import { Error as ErrorIcon } from '@blueprintjs/icons'
import { CopyButton } from './CopyButton.tsx'

type ErrorStateProps = {
  title: string
  /** What happened here. */
  message: string
  unaffected: string
  next: string
  /** Name of the failure, for reports. */
  code: string
  reference?: string | null
  action?: ReactNode
  /** Inside a panel: no large space around it. */
  inline?: boolean
}

/** What happened, what is not affected, what to do, and the reference for the log. */
export function ErrorState({
  title,
  message,
  unaffected,
  next,
  code,
  reference = null,
  action,
  inline = false,
}: ErrorStateProps) {
  const diagnostics = [
    `Huntbench: ${title}`,
    message,
    `Code: ${code}`,
    ...(reference ? [`Reference: ${reference}`] : []),
  ].join('\n')
  return (
    <div className={inline ? 'state-inline' : 'state'} role="alert">
      <div className="state-box">
        <div className="line">
          <ErrorIcon className="bad" size={inline ? 14 : 18} />
          {inline ? <h3>{title}</h3> : <h1>{title}</h1>}
        </div>
        <p className="t2 state-text">
          {message} {unaffected}
        </p>
        <p className="t2 state-text">{next}</p>
        {reference && (
          <p className="t3 sm state-text">
            Reference <span className="mono">{reference}</span> in the log
          </p>
        )}
        <div className="state-actions">
          {action}
          <CopyButton text={diagnostics} title="Copy diagnostics" />
        </div>
      </div>
    </div>
  )
}
