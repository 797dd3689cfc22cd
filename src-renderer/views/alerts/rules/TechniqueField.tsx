import { useState } from 'react'
import { FormField } from '../../../ui/FormField.tsx'

const TECHNIQUE = /^T\d{4}(\.\d{3})?$/

/** Id of a technique; kept once it is one: what is being typed is not a technique yet. */
export function TechniqueField({ id, onChange }: { id: string | null; onChange: (id: string | null) => void }) {
  const [text, setText] = useState(id ?? '')
  const valid = text.trim() === '' || TECHNIQUE.test(text.trim())
  return (
    <FormField label="Technique">
      {(named) => (
        <input
          {...named}
          className="text-field mono"
          placeholder="T1098.003"
          spellCheck={false}
          aria-invalid={!valid}
          value={text}
          onChange={({ target }) => {
            const next = target.value.trim().toUpperCase()
            setText(target.value.toUpperCase())
            if (next === '') onChange(null)
            else if (TECHNIQUE.test(next)) onChange(next)
          }}
        />
      )}
    </FormField>
  )
}
