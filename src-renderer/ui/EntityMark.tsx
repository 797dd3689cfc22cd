import type { ReactNode } from 'react'
import type { IocType } from '#contract/values'

export type EntityType = 'address' | 'host' | 'domain' | 'url' | 'user' | 'process' | 'file' | 'hash' | 'email' | 'ja4'

/** Each entity has one shape everywhere: facets, headers, map, lists. */
const shapes: Record<EntityType, ReactNode> = {
  address: <circle cx="7" cy="7" r="5" />,
  host: <rect x="2" y="2.6" width="10" height="8.8" rx="1.6" />,
  domain: <path d="M7 1.4L12.6 7 7 12.6 1.4 7z" />,
  url: <path d="M7 1.8L12.4 11.6H1.6z" />,
  user: <path d="M4.2 2h5.6l2.8 5-2.8 5H4.2L1.4 7z" />,
  process: <path d="M2 2h7l3 5-3 5H2z" />,
  file: <path d="M3 1.6h5.4L11 4.4v8H3z" />,
  hash: <path d="M2 7h10M7 2v10" strokeWidth="3" />,
  email: <path d="M1.6 3h10.8v8H1.6z" />,
  ja4: <path d="M7 1.4l4.9 2.8v5.6L7 12.6 2.1 9.8V4.2z" />,
}

const entityOfIoc: Record<IocType, EntityType> = {
  ipv4: 'address',
  ipv6: 'address',
  domain: 'domain',
  url: 'url',
  email: 'email',
  md5: 'hash',
  sha1: 'hash',
  sha256: 'hash',
  hostname: 'host',
  ja4: 'ja4',
}

export const entityOf = (type: IocType): EntityType => entityOfIoc[type]

/** The mark of an entity type; the word beside it says the type, so it is decoration unless `label` is given. */
export function EntityMark({ type, size = 13, label }: { type: EntityType; size?: number; label?: string }) {
  const colour = `var(--ent-${type})`
  return (
    <svg
      className="mark-svg"
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill={colour}
      fillOpacity=".28"
      stroke={colour}
      strokeWidth="1.4"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {shapes[type]}
    </svg>
  )
}
