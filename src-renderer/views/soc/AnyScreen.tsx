import type { SocScreen } from '#contract/values'
import { Tile } from './Tile.tsx'
import { useSoc } from './soc.ts'

/** The filter by which the pages about one thing ask their panels. */
const openedAs: Partial<Record<SocScreen, string>> = { address: 'ip', ja4: 'ja4' }

/** Every panel of a screen as tables, part by part. */
export function AnyScreen({ screen, opened }: { screen: SocScreen; opened: string | null }) {
  const { panels } = useSoc()
  const filter = openedAs[screen]
  const params = filter !== undefined && opened !== null ? { [filter]: opened } : {}
  return (
    <div className="soc-tiles">
      {panels
        .filter((panel) => panel.screen === screen)
        .flatMap((panel) =>
          panel.parts.map(({ name }) => (
            <Tile key={`${panel.id} ${name}`} panel={panel.id} part={name} params={params} />
          )),
        )}
    </div>
  )
}
