import { MenuItem } from '@blueprintjs/core'
import { useCall } from './query.ts'
import { caseName, useAddToCase, type AddedToCase } from './useAddToCase.ts'

/** Cases that are listed in a menu; the last changed ones. */
const LISTED = 12

/** Items of a menu: the open cases to which something is added, and a new one that is called like it. */
export function CaseItems({ added, said }: { added: AddedToCase; said: string }) {
  const { data } = useCall('cases.list', { status: ['open', 'in-progress'], limit: LISTED })
  const add = useAddToCase()
  return (
    <>
      {data?.cases.map((one) => (
        <MenuItem
          key={one.id}
          text={caseName(one)}
          onClick={() => add({ id: one.id, name: caseName(one), made: false }, added, said)}
        />
      ))}
      <MenuItem text="A new case" onClick={() => add({ title: said }, added, said)} />
    </>
  )
}
