import { Document, FolderOpen, Import } from '@blueprintjs/icons'
import { chooseFiles } from '../../state/chooseFiles.ts'
import { usePendingFiles } from '../../state/PendingFilesContext.ts'
import { Action } from '../../ui/Action.tsx'

/** A hunt without datasets: the first step. */
export function EmptyHunt() {
  const pending = usePendingFiles()
  const choose = (folder: boolean) => void chooseFiles({ folder }).then(pending.add)
  return (
    <div className="state">
      <div className="state-box" style={{ width: 760 }}>
        <h1>No evidence yet</h1>
        <p className="t2 state-text">
          Import the files of this investigation. Figures, timeline, hosts and alerts show here as soon as the first
          file is in.
        </p>
        <div className="drop-here" style={{ marginTop: 20 }}>
          <div>
            <div className="line med">
              <Import size={16} />
              Drop files or a folder here
            </div>
            <p className="t2 state-text">
              CSV, TSV, Zeek logs, JSON lines; plain, .gz or .zip. The tool that wrote the file is recognised. You see a
              preview before anything is imported.
            </p>
          </div>
          <div className="line">
            <Action primary icon={<Document size={13} />} onClick={() => choose(false)}>
              Choose files
            </Action>
            <Action icon={<FolderOpen size={13} />} onClick={() => choose(true)}>
              Choose folder
            </Action>
          </div>
        </div>
      </div>
    </div>
  )
}
