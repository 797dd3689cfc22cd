import { useState } from 'react'
import { Cross, Trash } from '@blueprintjs/icons'
import type { KeywordTheme } from '#contract/keywords'
import { themeColours } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'
import { AddKeywords } from './AddKeywords.tsx'
import { KeywordRows } from './KeywordRows.tsx'
import { editTheme } from './hitParams.ts'

type ThemeEditorProps = { hunt: string; theme: KeywordTheme | null; isNew: boolean; onClose: () => void }

/** Name, colour and keywords of a theme; each change holds at once. */
export function ThemeEditor({ hunt, theme, isNew, onClose }: ThemeEditorProps) {
  return (
    <aside
      className="side-pane theme-editor"
      aria-label="Theme"
      data-region="Theme"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose()
      }}
    >
      <div className="theme-head">
        <h2 className="nowrap">{isNew ? 'New theme' : 'Theme'}</h2>
        {theme?.builtin && <span className="chip">of the program</span>}
        <span className="spring" />
        <Action quiet icon={<Cross size={13} />} label="Close" onClick={onClose} />
      </div>
      {isNew ? (
        <NewTheme />
      ) : theme ? (
        <Theme hunt={hunt} theme={theme} onClose={onClose} />
      ) : (
        <p className="t2 theme-body">This theme was deleted.</p>
      )}
    </aside>
  )
}

function NewTheme() {
  const [name, setName] = useState('')
  const create = useCommand('keywords.createTheme')
  return (
    <form
      className="theme-body form-parts"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') create.mutate({ name: name.trim() }, { onSuccess: ({ id }) => editTheme(id) })
      }}
    >
      <FormField label="Name">
        {(named) => (
          <input
            {...named}
            className="text-field"
            autoFocus
            maxLength={200}
            placeholder="For example Crypto mining"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </FormField>
      <p className="t3 sm">Keywords are added next. Scans look for a theme in all hunts.</p>
      <FailureLine failure={create.error} />
      <Action primary type="submit" disabled={name.trim() === ''} busy={create.isPending}>
        Create theme
      </Action>
    </form>
  )
}

function Theme({ hunt, theme, onClose }: { hunt: string; theme: KeywordTheme; onClose: () => void }) {
  const update = useCommand('keywords.updateTheme')
  const remove = useCommand('keywords.deleteTheme')
  const [asking, setAsking] = useState(false)
  const { id } = theme
  const draft = useDraft(theme.name, (name) => name !== '' && update.mutate({ id, name }))
  return (
    <div className="theme-body">
      <div className="theme-line">
        <FormField label="Name" className="grow">
          {(named) => (
            <input
              {...named}
              className="text-field"
              maxLength={200}
              value={draft.text}
              onChange={({ target }) => draft.type(target.value)}
              onBlur={draft.keep}
              onKeyDown={(event) => event.key === 'Enter' && draft.keep()}
            />
          )}
        </FormField>
        <label className="line theme-switch">
          <input
            type="checkbox"
            role="switch"
            checked={theme.enabled}
            onChange={() => update.mutate({ id, enabled: !theme.enabled })}
          />
          <span>{theme.enabled ? 'On' : 'Off'}</span>
        </label>
        <Action quiet icon={<Trash size={13} />} label="Delete the theme" onClick={() => setAsking(true)} />
      </div>
      <div className="theme-colours" role="group" aria-label="Colour">
        {themeColours.map((colour) => (
          <button
            key={colour}
            type="button"
            aria-label={colour}
            title={colour}
            aria-pressed={colour === theme.colour}
            className={`theme-colour theme-${colour}`}
            onClick={() => update.mutate({ id, colour })}
          />
        ))}
      </div>
      <FailureLine failure={update.error ?? remove.error} />
      <AddKeywords themeId={id} />
      <KeywordRows hunt={hunt} theme={theme} />
      <ConfirmDialog
        open={asking}
        title="Delete this theme"
        confirm="Delete theme"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ id }, { onSuccess: onClose })}
      >
        “{theme.name}” goes with its {formatNoun(theme.keywords, 'keyword')} and what scans of all hunts found of them.
        {theme.builtin !== null && ' It does not come back by itself; switch it off to keep it.'}
      </ConfirmDialog>
    </div>
  )
}
