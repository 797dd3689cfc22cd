import { useCall } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { Segmented } from '../../ui/Segmented.tsx'

const HERE = 'here'

/** Who answers: the dataset on this computer, or a copy of it on a server. Only where there is a copy. */
export function CopySwitch({
  datasetId,
  copy,
  onCopy,
}: {
  datasetId: string
  copy: string | null
  onCopy: (id: string | null) => void
}) {
  const { data } = useCall('copies.list', { datasetId })
  const whole = (data?.copies ?? []).filter(({ state }) => state === 'complete')
  const [first] = whole
  useCommands([
    {
      id: 'rows.askCopy',
      title: copy === null ? 'Ask the copy on ClickHouse' : 'Ask this computer',
      group: 'Evidence',
      when: () => first !== undefined,
      run: () => onCopy(copy === null ? (first?.id ?? null) : null),
    },
  ])
  if (whole.length === 0 && copy === null) return null
  return (
    <Segmented
      label="Who answers"
      value={copy ?? HERE}
      onChange={(value) => onCopy(value === HERE ? null : value)}
      options={[
        { value: HERE, label: 'Here' },
        ...whole.map(({ id, connectionName, stale }) => ({
          value: id,
          label: stale ? `${connectionName}, old` : connectionName,
        })),
        ...(copy !== null && !whole.some(({ id }) => id === copy) ? [{ value: copy, label: 'Copy' }] : []),
      ]}
    />
  )
}
