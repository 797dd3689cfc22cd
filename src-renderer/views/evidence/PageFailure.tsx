import { Action } from '../../ui/Action.tsx'

type PagedData = { failure(): unknown; retry(): void }

/** Some pages could not be read: what is here stays, the strip says it. */
export function PageFailure({ data }: { data: PagedData | undefined }) {
  const failure = data?.failure()
  if (data === undefined || failure === undefined) return null
  return (
    <div className="note bad sm" role="alert">
      <span className="grow">
        {failure instanceof Error ? failure.message : 'Some rows could not be read.'} The other rows work.
      </span>
      <Action onClick={() => data.retry()}>Try again</Action>
    </div>
  )
}
