import { link } from '../../../state/places.ts'
import { useRoute } from '../../../state/route.ts'
import { CountedBars } from '../CountedBars.tsx'
import { figureText, text } from '../cellText.ts'
import { PanelTable } from '../PanelTable.tsx'
import { useSoc } from '../soc.ts'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'
import '../socModels.css'

const WIDE = { prefix: 260, network: 260, h2_fingerprint: 420, name: 240, ja4: 300, context: 200 }

/** What is known beforehand: eight lists, each searched and paged, what it is made of, and the dictionaries behind. */
export function ListsScreen() {
  const { params } = useRoute()
  const { panels } = useSoc()
  const lists = panels.find(({ id }) => id === 'reflist')?.parts ?? []
  const asked = params.get('list')
  const dictionaries = asked === 'dictionaries'
  const list = lists.find(({ name }) => name === asked) ?? lists[0]
  if (!list) return null
  // What is searched for means itself, so a kind is found by its name.
  const ofKind = (row: Row): string | null =>
    text(row['value']) === '' ? null : link.soc('lists', { list: list.name, search: text(row['value']) })
  return (
    <div className="soc-lists">
      <div className="soc-lists-side">
        <nav aria-label="Reference lists">
          {lists.map(({ name, title }) => (
            <ListLink key={name} name={name} title={title} current={!dictionaries && name === list.name} />
          ))}
          <a href={`#${link.soc('lists', { list: 'dictionaries' })}`} aria-current={dictionaries ? 'page' : undefined}>
            Dictionaries
          </a>
        </nav>
        {!dictionaries && (
          <Tile
            panel="reflistStats"
            part="breakdown"
            params={{ name: list.name }}
            title="By kind"
            sub="the 20 largest"
            empty={<p>This list is empty.</p>}
            chart
            leads={{ cnt: ofKind }}
            draw={(rows) => (
              <CountedBars rows={rows} name="value" count="cnt" noun="lines" barWidth={60} href={ofKind} />
            )}
          />
        )}
      </div>
      {dictionaries ? (
        <div className="soc-lists-main">
          <Tile
            panel="dictionaries"
            part="rows"
            sub="as the server keeps them"
            empty={<p>The processing database has no dictionary, or this user may not see them.</p>}
          />
        </div>
      ) : (
        <PanelTable key={list.name} panel="reflist" part={list.name} noun="line" searches="In any column" wide={WIDE} />
      )}
    </div>
  )
}

/** A list with how many entries it has; each is counted alone, so that one that is missing darkens no other. */
function ListLink({ name, title, current }: { name: string; title: string; current: boolean }) {
  const { part, failure } = usePanel('reflistStats', { parts: ['total'], params: { name } })
  const total = part('total')
  const missing = failure?.message ?? total?.failure?.message
  return (
    <a href={`#${link.soc('lists', { list: name })}`} aria-current={current ? 'page' : undefined} title={missing}>
      {title}
      <span className="num t3">{missing === undefined ? figureText(total?.rows[0]?.['total']) : '–'}</span>
    </a>
  )
}
