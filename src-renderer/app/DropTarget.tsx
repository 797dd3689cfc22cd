import { useEffect, useState } from 'react'
import { Import } from '@blueprintjs/icons'
import { droppedFiles } from '../state/droppedFiles.ts'
import { huntOf, link } from '../state/places.ts'
import { usePendingFiles } from '../state/PendingFilesContext.ts'
import { navigate, parseRoute } from '../state/route.ts'
import { giveCaseFile, isCaseFile } from '../state/pendingCaseFile.ts'
import { IntoHunt } from './IntoHunt.tsx'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/**
 * Takes files dropped anywhere on the window. Dropped or chosen, new files lead to the import view of the hunt on screen;
 * outside of a hunt it asks which hunt they belong to.
 */
export function DropTarget() {
  const pending = usePendingFiles()
  const [over, setOver] = useState(false)
  const [asking, setAsking] = useState(false)

  useEffect(() => {
    let depth = 0
    const become = (value: number) => {
      depth = Math.max(0, value)
      setOver(depth > 0)
    }
    // Whoever does not say so when files come in leaves them to the browser, which opens them.
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      become(depth + 1)
    }
    const onLeave = (event: DragEvent) => hasFiles(event) && become(depth - 1)
    const onOver = (event: DragEvent) => hasFiles(event) && event.preventDefault()
    const onDrop = (event: DragEvent) => {
      if (!event.dataTransfer || !hasFiles(event)) return
      event.preventDefault()
      become(0)
      void droppedFiles(event.dataTransfer).then(pending.add)
    }
    const stop = new AbortController()
    addEventListener('dragenter', onEnter, stop)
    addEventListener('dragleave', onLeave, stop)
    addEventListener('dragover', onOver, stop)
    addEventListener('drop', onDrop, stop)
    return () => stop.abort()
  }, [pending])

  useEffect(() => {
    let known = pending.current().length
    return pending.onChange(() => {
      const more = pending.current().length > known
      known = pending.current().length
      if (!more) return
      const cases = pending.current().filter(isCaseFile)
      if (cases.length > 0) {
        pending.remove(cases)
        known = pending.current().length
        if (cases[0]) giveCaseFile(cases[0])
        navigate(link.openCaseFile())
        if (known === 0) return
      }
      const hunt = huntOf(parseRoute(location.hash))
      if (hunt) navigate(link.importing(hunt))
      else setAsking(true)
    })
  }, [pending])

  return (
    <>
      {over && (
        <div className="drop-veil">
          <div>
            <div className="line med">
              <Import size={16} />
              Drop to import
            </div>
            <p className="t2 sm">Files and folders. A preview shows before anything is imported.</p>
          </div>
        </div>
      )}
      <IntoHunt
        open={asking}
        onInto={(hunt) => {
          setAsking(false)
          navigate(link.importing(hunt))
        }}
        onClose={() => {
          setAsking(false)
          pending.clear()
        }}
      />
    </>
  )
}
