import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Filter, Pulse } from '@blueprintjs/icons'
import type { Rule } from '#contract/rules'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { SevMark } from '../../../ui/SevMark.tsx'
import { Time } from '../../../ui/Time.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'

type RuleListProps = { hunt: string; rules: readonly Rule[]; enabled: number; shown: string | null }

/** The rules of the hunt: what each is, whether it is on, when it ran last and how many alerts name it. */
export function RuleList({ hunt, rules, enabled, shown }: RuleListProps) {
  const [text, setText] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const find = useRef<HTMLInputElement>(null)
  const update = useCommand('rules.update')
  const found = rules.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const step = (by: 1 | -1) => {
    const at = found.findIndex(({ id }) => id === shown)
    const next = found[Math.max(0, Math.min(found.length - 1, at + by))]
    if (!next) return
    navigate(link.rules(hunt, next.id), { replace: true })
    list.current?.querySelector<HTMLElement>(`[data-rule="${next.id}"]`)?.focus()
  }
  const current = rules.find(({ id }) => id === shown)
  useCommands([
    {
      id: 'rules.find',
      title: 'Filter the rules',
      group: 'Alerts',
      keys: '/',
      run: () => find.current?.select(),
    },
    { id: 'rules.next', title: 'Next rule', group: 'Alerts', keys: 'j', palette: false, run: () => step(1) },
    { id: 'rules.previous', title: 'Previous rule', group: 'Alerts', keys: 'k', palette: false, run: () => step(-1) },
    {
      id: 'rules.toggle',
      title: current?.enabled ? 'Switch the rule off' : 'Switch the rule on',
      group: 'Alerts',
      keys: 'o',
      when: () => current !== undefined,
      run: () => current && update.mutate({ id: current.id, enabled: !current.enabled }),
    },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <nav className="rule-list" aria-label="Rules" data-region="Rules">
      <div className="rule-find">
        <div className="alert-find">
          <Filter size={13} />
          <input
            ref={find}
            value={text}
            aria-label="Filter the rules"
            placeholder={`Filter ${formatNoun(rules.length, 'rule')}`}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setText('')}
          />
        </div>
      </div>
      <ul ref={list} onKeyDown={onKeyDown}>
        {found.map((rule) => (
          <li key={rule.id} className={rule.enabled ? 'rule-item' : 'rule-item rule-off'}>
            <a
              href={`#${link.rules(hunt, rule.id)}`}
              data-rule={rule.id}
              aria-current={rule.id === shown ? 'true' : undefined}
            >
              {rule.kind === 'analyzer' ? <Pulse size={14} /> : <Filter size={14} />}
              <span className="grow">
                <span className="clip med rule-name">{rule.name}</span>
                <span className="clip t3 sm rule-note">
                  <span className="visually-hidden">{rule.kind} rule, </span>
                  {rule.enabled ? '' : 'off · '}
                  {rule.lastRunAt === null ? (
                    'never ran'
                  ) : (
                    <>
                      ran <Time iso={rule.lastRunAt} second bare />
                    </>
                  )}
                </span>
              </span>
              {rule.severity !== null && <SevMark severity={rule.severity} word={false} />}
              <span className="rule-alerts num" aria-label={formatNoun(rule.alerts, 'alert')}>
                {formatCount(rule.alerts)}
              </span>
            </a>
          </li>
        ))}
        {found.length === 0 && <li className="t3 sm rule-none">No rule has this in its name.</li>}
      </ul>
      <div className="panel-foot">
        {formatNoun(rules.length, 'rule')}, {formatCount(enabled)} on
      </div>
    </nav>
  )
}
