import type { SocScreen } from '#contract/values'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Tile } from './Tile.tsx'
import { useSoc } from './soc.ts'

/** The filter by which the pages about one thing ask their panels. */
const openedAs: Partial<Record<SocScreen, string>> = { address: 'ip', ja4: 'ja4' }

/** Every panel of a screen as tables, part by part. */
export function AnyScreen({ screen, opened }: { screen: SocScreen; opened: string | null }) {
  const { panels } = useSoc()
  const filter = openedAs[screen]
  const params = filter !== undefined && opened !== null ? { [filter]: opened } : {}
  if (!panels.some((panel) => panel.screen === screen))
    return (
      <EmptyState title="Nothing is here" action={<Action href={link.soc()}>Go to the overview</Action>}>
        This version has no panel for it.
      </EmptyState>
    )
  return (
    <>
      {opened !== null && <h2 className="mono soc-opened">{opened}</h2>}
      <div className="soc-tiles">
        {panels
          .filter((panel) => panel.screen === screen)
          .flatMap((panel) =>
            panel.parts.map(({ name }) => (
              <Tile key={`${panel.id} ${name}`} panel={panel.id} part={name} params={params} />
            )),
          )}
      </div>
    </>
  )
}
