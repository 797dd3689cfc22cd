import { Document, FolderOpen, Import, Play } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { chooseFiles } from '../../state/chooseFiles.ts'
import { usePendingFiles } from '../../state/PendingFilesContext.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Keys } from '../../ui/Kbd.tsx'

/** A workspace without hunts: bring evidence, or try the sample. */
export function FirstRun() {
  const pending = usePendingFiles()
  const { data: workspace } = useCall('workspace.info', {})
  const sample = useCommand('hunts.openSample')
  const choose = (folder: boolean) => void chooseFiles({ folder }).then(pending.add)
  return (
    <div className="state">
      <div className="first-run">
        <h1>Start with evidence</h1>
        <p className="t2">A hunt holds the files of one investigation. Nothing leaves this computer.</p>
        <div className="first-drop">
          <div>
            <div className="line med">
              <Import size={16} />
              Drop files or a folder here
            </div>
            <p className="t2">
              CSV, TSV, Zeek logs, JSON lines; plain, .gz or .zip. The tool that wrote the file is recognised.
              <br />
              You see a preview before anything is imported.
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
        {workspace?.sample && (
          <div className="first-sample">
            <Play size={16} className="t2" />
            <div className="grow">
              <div className="med">Try the sample hunt</div>
              <div className="t2 sm">
                Process events and logons of one attacked Windows host, with the alerts they raise
              </div>
              <FailureLine failure={sample.error} />
            </div>
            <Action
              busy={sample.isPending}
              onClick={() => sample.mutate({}, { onSuccess: ({ huntId }) => navigate(link.overview(huntId)) })}
            >
              Open sample
            </Action>
          </div>
        )}
        <div className="first-keys t3 sm">
          <span>
            <Keys keys="ctrl+o" /> choose files
          </span>
          <span>
            <Keys keys="ctrl+k" /> every command
          </span>
          <span>
            <Keys keys="?" /> all keys
          </span>
        </div>
      </div>
    </div>
  )
}
