import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { Edit, Plus } from '@blueprintjs/icons'
import type { KeywordTheme } from '#contract/keywords'
import { useCall, useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { setParams } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { editTheme, useHitLink, type HitParams } from './hitParams.ts'
import { ThemeMark } from './ThemeMark.tsx'

type ThemeListProps = { hunt: string; themes: readonly KeywordTheme[]; params: HitParams }

/** The themes with the hits of the hunt; the chosen one narrows the hits and shows its keywords that were found. */
export function ThemeList({ hunt, themes, params }: ThemeListProps) {
  const list = useRef<HTMLUListElement>(null)
  const to = useHitLink()
  const update = useCommand('keywords.updateTheme')
  const { themeId, keywordId } = params.input
  const chosen = themes.find(({ id }) => id === themeId)
  const all = themes.reduce((sum, { hits }) => sum + hits, 0)
  const step = (by: 1 | -1) => {
    const order = [null, ...themes.map(({ id }) => id)]
    const at = Math.max(0, order.indexOf(themeId ?? null))
    const next = order[Math.max(0, Math.min(order.length - 1, at + by))] ?? null
    setParams({ theme: next, keyword: null })
    list.current?.querySelector<HTMLElement>(`[data-theme-id="${next ?? 'all'}"]`)?.focus()
  }
  useCommands([
    { id: 'keywords.next', title: 'Next theme', group: 'Evidence', keys: 'j', palette: false, run: () => step(1) },
    {
      id: 'keywords.previous',
      title: 'Previous theme',
      group: 'Evidence',
      keys: 'k',
      palette: false,
      run: () => step(-1),
    },
    {
      id: 'keywords.edit',
      title: 'Edit the theme',
      group: 'Evidence',
      keys: 'e',
      when: () => chosen !== undefined,
      run: () => editTheme(chosen?.id ?? null),
    },
    {
      id: 'keywords.toggle',
      title: chosen?.enabled ? 'Switch the theme off' : 'Switch the theme on',
      group: 'Evidence',
      keys: 'o',
      when: () => chosen !== undefined,
      run: () => chosen && update.mutate({ id: chosen.id, enabled: !chosen.enabled }),
    },
    {
      id: 'keywords.new',
      title: 'New keyword theme',
      group: 'Evidence',
      keys: 'n',
      opensField: true,
      run: () => editTheme('new'),
    },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <nav className="theme-list" aria-label="Themes" data-region="Themes">
      <ul ref={list} onKeyDown={onKeyDown}>
        <li className="theme-item">
          <a
            href={`#${to({ theme: null, keyword: null })}`}
            data-theme-id="all"
            aria-current={themeId === undefined ? 'true' : undefined}
          >
            <span className="theme-mark" aria-hidden="true" />
            <span className="grow med clip">All themes</span>
            <span className="num">{formatCount(all)}</span>
          </a>
        </li>
        {themes.map((theme) => (
          <li key={theme.id} className={theme.enabled ? 'theme-item' : 'theme-item theme-off'}>
            <a
              href={`#${to({ theme: theme.id, keyword: null })}`}
              data-theme-id={theme.id}
              aria-current={theme.id === themeId ? 'true' : undefined}
            >
              <ThemeMark colour={theme.colour} />
              <span className="grow clip">{theme.name}</span>
              {!theme.enabled && <span className="t3 sm">off</span>}
              <span className="num" aria-label={formatNoun(theme.hits, 'hit')}>
                {formatCount(theme.hits)}
              </span>
            </a>
            <Action
              quiet
              className="theme-edit"
              icon={<Edit size={12} />}
              label={`Edit ${theme.name}`}
              onClick={() => editTheme(theme.id)}
            />
            {theme.id === themeId && theme.hits > 0 && (
              <FoundKeywords hunt={hunt} themeId={theme.id} keywordId={keywordId} />
            )}
          </li>
        ))}
      </ul>
      <div className="panel-foot">
        <span className="grow clip">
          {formatNoun(
            themes.reduce((sum, { enabled, enabledKeywords }) => sum + (enabled ? enabledKeywords : 0), 0),
            'keyword',
          )}{' '}
          on
        </span>
        <Action quiet icon={<Plus size={12} />} onClick={() => editTheme('new')}>
          Theme
        </Action>
      </div>
    </nav>
  )
}

/** Keywords with hits that are listed; the editor has them all. */
const FOUND_MAX = 12

function FoundKeywords({ hunt, themeId, keywordId }: { hunt: string; themeId: string; keywordId: string | undefined }) {
  const to = useHitLink()
  const { data } = useCall('keywords.list', { themeId, huntId: hunt, limit: FOUND_MAX + 1 })
  const found = (data?.keywords ?? []).filter(({ hits }) => hits > 0)
  return (
    <ul className="theme-found">
      {found.slice(0, FOUND_MAX).map(({ id, text, hits, rows }) => (
        <li key={id}>
          <a
            href={`#${to({ keyword: id === keywordId ? null : id })}`}
            aria-current={id === keywordId ? 'true' : undefined}
            title={`${formatNoun(hits, 'hit')} in ${formatNoun(rows, 'row')}`}
          >
            <span className="grow clip mono">{text}</span>
            <span className="num">{formatCount(hits)}</span>
          </a>
        </li>
      ))}
      {found.length > FOUND_MAX && <li className="t3 sm theme-more">more in Edit</li>}
    </ul>
  )
}
