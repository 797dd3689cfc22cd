import type { AnnotationColour, RowTag } from '#contract/values'

const words: Record<RowTag, string> = { suspicious: 'suspicious', 'needs-review': 'needs review', benign: 'benign' }
export const tagWord = (tag: RowTag): string => words[tag]

const colours: Record<RowTag, AnnotationColour> = { suspicious: 'orange', 'needs-review': 'yellow', benign: 'green' }

/** The colour of a row or annotation: its own, else that of its tag, else that of a note. */
export const colourOf = ({ colour, tag }: { colour: AnnotationColour | null; tag: RowTag | null }): AnnotationColour =>
  colour ?? (tag === null ? 'blue' : colours[tag])
