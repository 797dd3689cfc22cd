import type { AnnotationColour, RowTag } from '#contract/values'
import { colourOf, tagWord } from './rowTagText.ts'

/** The tag of a row or annotation as a word with its colour; a note without a tag says that. */
export const TagMark = ({ tag, colour = null }: { tag: RowTag | null; colour?: AnnotationColour | null }) => (
  <span className="tag-mark">
    <span className={`tag-dot mark-${colourOf({ tag, colour })}`} aria-hidden />
    {tag === null ? 'note' : tagWord(tag)}
  </span>
)
