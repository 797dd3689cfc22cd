/** Types into the field that has the focus: text as it is, Enter as the key. */
export function typeKeys(keys: readonly string[]): void {
  for (const key of keys) {
    const field = document.activeElement
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return
    if (key === 'Enter') {
      const asked = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      if (field.dispatchEvent(asked)) field.form?.requestSubmit()
    } else {
      field.setRangeText(key, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
      field.dispatchEvent(new InputEvent('input', { bubbles: true, data: key, inputType: 'insertText' }))
    }
  }
}
