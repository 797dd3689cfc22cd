import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import { rowTags, type RowTag } from '#contract/values'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { TagMark } from './TagMark.tsx'

/** The tags, with the exact number of rows they would be given to. */
export const TagMenu = ({ count, onTag }: { count: number; onTag: (tag: RowTag | null) => void }) => (
  <Menu aria-label={`Tag ${formatNoun(count, 'row')}`}>
    <li className="menu-title t2 sm">Tag {formatNoun(count, 'row')}</li>
    <TagItems onTag={onTag} />
  </Menu>
)

export const TagItems = ({ onTag }: { onTag: (tag: RowTag | null) => void }) => (
  <>
    {rowTags.map((tag) => (
      <MenuItem key={tag} text={<TagMark tag={tag} />} onClick={() => onTag(tag)} />
    ))}
    <MenuDivider />
    <MenuItem text="Take the tag off" onClick={() => onTag(null)} />
  </>
)
