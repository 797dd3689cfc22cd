import type { NetworkPicture } from '#contract/networkMap'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'

/** What a hunt needs to be drawn as a network. */
export const NoNetwork = ({ hunt, datasets }: { hunt: string; datasets: NetworkPicture['datasets'] }) =>
  datasets.length === 0 ? (
    <EmptyState
      title="No network yet"
      action={
        <Action primary href={link.importing(hunt)}>
          Import files
        </Action>
      }
    >
      The map is drawn from connections, names that were asked, sign-ins and processes: Zeek, firewall and proxy logs,
      Sysmon, any table with src_ip and dst_ip.
    </EmptyState>
  ) : (
    <EmptyState
      title="No dataset of this hunt shows a network"
      action={<Action href={link.datasets(hunt)}>Show datasets</Action>}
    >
      <p>An edge needs two columns that name hosts, addresses, domains, URLs, users or processes.</p>
      <ul className="lacking">
        {datasets.slice(0, 12).map(({ id, name, leftOut }) => (
          <li key={id}>
            <a className="clip" href={`#${link.datasets(hunt, { ds: id })}`}>
              {name}
            </a>
            <span className="t3">{leftOut ?? 'No row ties two of them.'}</span>
          </li>
        ))}
      </ul>
    </EmptyState>
  )
