/** Where a file went that a job wrote, at the end of a sentence: a place on this machine, or the downloads of the browser. */
export const WrittenTo = ({ file: { name, path } }: { file: { name: string; path: string | null } }) =>
  path === null ? (
    <>; the browser saves {name}</>
  ) : (
    <>
      {' to '}
      <span className="mono evidence-text">{path}</span>
    </>
  )
