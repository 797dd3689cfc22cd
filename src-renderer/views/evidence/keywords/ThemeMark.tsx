import type { ThemeColour } from '#contract/values'

/** The colour of a theme; its name stands beside it. */
export const ThemeMark = ({ colour }: { colour: ThemeColour }) => (
  <span className={`theme-mark theme-${colour}`} aria-hidden="true" />
)
