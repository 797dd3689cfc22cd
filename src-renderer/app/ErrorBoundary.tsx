import { Component } from 'react'
import type { ReactNode } from 'react'
import { failureText } from '../backend/failureText.ts'
import { Action } from '../ui/Action.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'

type Props = { children: ReactNode }

/** Catches what a view throws while drawing; the rest of the window goes on. A class because React has no other way. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    const text = failureText('internal')
    return (
      <ErrorState
        title="This view stopped"
        message={error.message}
        unaffected={text.unaffected}
        next="Draw it again. If it stops again, report it with the text below."
        code="internal"
        action={
          <Action primary onClick={() => this.setState({ error: null })}>
            Draw again
          </Action>
        }
      />
    )
  }
}
