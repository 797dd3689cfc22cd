import type { Output } from '#contract/contract'
import { linkTo } from '../../state/route.ts'
import { Bars } from '../../ui/Bars.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { Panel } from '../../ui/Panel.tsx'

const exactly = (host: string) => `hostname:"${host.replace(/[\\"]/g, '\\$&')}"`

/** The hosts with most rows; each leads to its rows. */
export const HostsPanel = ({
  hunt,
  hosts,
  total,
  busy,
}: {
  hunt: string
  hosts: Output<'hunts.overview'>['hosts']
  total: number
  /** Files are still being read. */
  busy: boolean
}) => (
  <Panel title="Hosts" sub={total > hosts.length ? `${hosts.length} of ${formatCount(total)} shown, rows` : 'rows'}>
    {hosts.length === 0 ? (
      <p className="t2">
        {busy ? 'No host so far; files are being read.' : 'No column of these datasets names a host.'}
      </p>
    ) : (
      <Bars
        noun="rows"
        barWidth={44}
        items={hosts.map(({ host, rows, datasetId }) => ({
          key: host,
          title: host,
          value: rows,
          href: linkTo(['h', hunt, 'evidence', 'rows'], { ds: datasetId, q: exactly(host) }),
          label: (
            <span className="with-mark">
              <EntityMark type="host" />
              <span className="mono clip">{host}</span>
            </span>
          ),
        }))}
      />
    )}
  </Panel>
)
