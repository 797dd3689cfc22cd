import { Annotation, Add, GroupObjects, Link as LinkIcon, Select, Trash } from '@blueprintjs/icons'
import { Action } from '../../../ui/Action.tsx'

export type Tool = 'select' | 'node' | 'link' | 'note'

type ToolRailProps = {
  tool: Tool
  onTool: (tool: Tool) => void
  canGroup: boolean
  onGroup: () => void
  canDelete: boolean
  onDelete: () => void
}

/** What the next click on the map does. */
export const ToolRail = ({ tool, onTool, canGroup, onGroup, canDelete, onDelete }: ToolRailProps) => (
  <div className="tool-rail" role="toolbar" aria-label="Tools" aria-orientation="vertical">
    <Action
      quiet
      icon={<Select size={15} />}
      label="Select and move (S); Shift and drag selects several"
      pressed={tool === 'select'}
      onClick={() => onTool('select')}
    />
    <Action
      quiet
      icon={<Add size={15} />}
      label="Add a node (N)"
      pressed={tool === 'node'}
      onClick={() => onTool('node')}
    />
    <Action
      quiet
      icon={<LinkIcon size={15} />}
      label="Link two nodes (L)"
      pressed={tool === 'link'}
      onClick={() => onTool('link')}
    />
    <Action
      quiet
      icon={<Annotation size={15} />}
      label="Add a note (T)"
      pressed={tool === 'note'}
      onClick={() => onTool('note')}
    />
    <Action
      quiet
      icon={<GroupObjects size={15} />}
      label="Group the selected nodes (B)"
      disabled={!canGroup}
      onClick={onGroup}
    />
    <Action
      quiet
      icon={<Trash size={15} />}
      label="Delete what is selected (Del)"
      disabled={!canDelete}
      onClick={onDelete}
    />
  </div>
)
