import { useState } from 'react'
import { Cross } from '@blueprintjs/icons'

/** Tags of an alert: each can be taken off, new ones are added with Enter. */
export function TagsField({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const [text, setText] = useState('')
  const add = () => {
    const word = text.trim()
    setText('')
    if (word !== '' && !tags.includes(word)) onChange([...tags, word])
  }
  return (
    <span className="tags-field">
      {tags.map((tag) => (
        <span key={tag} className="chip">
          {tag}
          <button
            type="button"
            className="chip-off"
            aria-label={`Remove the tag ${tag}`}
            onClick={() => onChange(tags.filter((one) => one !== tag))}
          >
            <Cross size={11} />
          </button>
        </span>
      ))}
      <input
        className="text-field"
        aria-label="Add a tag"
        placeholder="Add a tag"
        maxLength={64}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add()
        }}
      />
    </span>
  )
}
