import { useState } from 'react'
import { link } from '../../../state/places.ts'
import { setParams, useRoute } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { Bars } from '../../../ui/Bars.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { figureText, num, text } from '../cellText.ts'
import { SocCell } from '../SocCell.tsx'
import { useSoc } from '../soc.ts'
import { Tile } from '../Tile.tsx'
import type { PanelParams, Row } from '../usePanel.ts'

/** What may be asked, with what is asked unless the URL says otherwise. */
const FIELDS = [
  { name: 'days', label: 'Days back', least: 1, most: 30, plain: 7 },
  { name: 'min_hits', label: 'Requests at least', least: 1, most: 100_000, plain: 10 },
  { name: 'limit', label: 'JA4s at most', least: 10, most: 1_000, plain: 300 },
] as const

/** Fingerprints of the traffic by JA4, put together by family, to find signatures that nobody has entered yet. */
export function DiscoveryTiles() {
  const { params } = useRoute()
  const { range } = useSoc()
  const [days, hits, limit] = FIELDS.map(({ name, least, most, plain }) => {
    const value = params.has(name) ? Number(params.get(name)) : plain
    return Number.isInteger(value) && value >= least && value <= most ? value : plain
  })
  const asked: PanelParams = { days: days ?? 7, min_hits: hits ?? 10, limit: limit ?? 300 }
  return (
    <>
      <div className="soc-head">
        {FIELDS.map((field) => (
          <AskedField key={field.name} field={field} value={Number(asked[field.name])} />
        ))}
        {Object.keys(range).length > 0 && <span className="t2 sm">The time range above goes before the days.</span>}
      </div>
      <div className="soc-tiles soc-thirds soc-page">
        <Tile
          panel="fingerprintDiscovery"
          part="groups"
          params={asked}
          sub="by JA4, else by user agent"
          className="soc-full"
          empty={<p>No JA4 has so many requests in this time.</p>}
          chart
          draw={(rows) => <Groups rows={rows} />}
        />
        <Tile
          panel="fingerprintDiscovery"
          part="profiles"
          params={asked}
          sub="most requests first"
          className="soc-full soc-long"
          empty={<p>No JA4 has so many requests in this time.</p>}
          draw={(rows) => <Profiles rows={rows} limit={Number(asked['limit'])} />}
        />
      </div>
    </>
  )
}

function AskedField({ field, value }: { field: (typeof FIELDS)[number]; value: number }) {
  const [typed, setTyped] = useState(String(value))
  const number = Number(typed)
  const fits = Number.isInteger(number) && number >= field.least && number <= field.most
  const take = (): void => {
    if (fits) setParams({ [field.name]: number === field.plain ? null : number }, { replace: false })
    else setTyped(String(value))
  }
  return (
    <label className="soc-percent sm t2">
      {field.label}
      <input
        className="text-field figure"
        inputMode="numeric"
        aria-invalid={!fits}
        title={`${formatCount(field.least)} to ${formatCount(field.most)}`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
        }}
      />
    </label>
  )
}

/** Families by their requests, with what their clients send; one of them is shown alone. */
function Groups({ rows }: { rows: readonly Row[] }) {
  const { params } = useRoute()
  const asked = Object.fromEntries(FIELDS.map(({ name }) => [name, params.get(name)]))
  return (
    <div className="soc-bars">
      <Bars
        noun="requests"
        barWidth={240}
        numberWidth={80}
        items={rows.map((row) => {
          const family = text(row['family'])
          const sends = SENT.filter(({ column }) => row[column] === true).map(({ name }) => name)
          return {
            key: family,
            label: (
              <>
                {family}{' '}
                <span className="t3">
                  {[
                    formatNoun(num(row['ja4_count']) ?? 0, 'JA4'),
                    formatNoun(num(row['unique_ips']) ?? 0, 'address', 'addresses'),
                    ...sends,
                  ].join(' · ')}
                </span>
              </>
            ),
            title: family,
            value: num(row['total_hits']) ?? 0,
            href: link.soc('fingerprints', { show: 'discovery', family, ...asked }),
          }
        })}
      />
    </div>
  )
}

const SENT = [
  { column: 'has_h2', name: 'HTTP/2' },
  { column: 'has_sec_ch_ua', name: 'sec-ch-ua' },
  { column: 'has_sec_fetch', name: 'sec-fetch' },
] as const

/** Profiles, one family or all; a fingerprint that is known for nothing can be entered. */
function Profiles({ rows, limit }: { rows: readonly Row[]; limit: number }) {
  const { params } = useRoute()
  const known = (row: Row): string => text(row['dict_family']) || text(row['ua_family']) || 'Unknown'
  const families = [...new Set(rows.map(known))].toSorted()
  const family = families.find((one) => one === params.get('family')) ?? ''
  const shown = family === '' ? rows : rows.filter((row) => known(row) === family)
  return (
    <div className="soc-queue">
      <div className="soc-verdict-bar">
        <select
          className="text-field"
          aria-label="Family"
          value={family}
          onChange={(event) => setParams({ family: event.target.value || null })}
        >
          <option value="">All families</option>
          {families.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <span className="t2 sm">
          {formatNoun(shown.length, 'JA4')}
          {shown.length < rows.length && ` of ${formatCount(rows.length)}`}
          {rows.length >= limit && ', the limit: there may be more'}
        </span>
      </div>
      <div className="table-twin" tabIndex={0} role="region" aria-label="Fingerprints in the traffic, table">
        <table className="table soc-table soc-profiles">
          <thead>
            <tr>
              <th>JA4</th>
              <th>By JA4</th>
              <th>By user agent</th>
              <th className="num">Requests</th>
              <th className="num">Addresses</th>
              <th className="num">User agents</th>
              <th title="The most frequent one">Usual user agent</th>
              <th>HTTP/2 fingerprint</th>
              <th aria-label="Enter as a signature" />
              <th className="num">sec-ch-ua, %</th>
              <th className="num">sec-fetch, %</th>
              <th className="num">br, %</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={text(row['ja4'])}>
                <td>
                  <SocCell kind="ja4" cell={row['ja4']} />
                </td>
                <td>{text(row['dict_family'])}</td>
                <td>{text(row['ua_family'])}</td>
                {['total_hits', 'unique_ips', 'distinct_uas'].map((name) => (
                  <td key={name} className="num">
                    {formatCount(num(row[name]) ?? 0)}
                  </td>
                ))}
                <td className="mono" title={text(row['ua_samples'])}>
                  {Array.isArray(row['ua_samples']) ? row['ua_samples'][0] : ''}
                </td>
                <td className="mono" title={text(row['h2_fp'])}>
                  {text(row['h2_fp'])}
                </td>
                <td>
                  {text(row['h2_fp']) !== '' && (
                    <Action
                      quiet
                      href={`#${link.soc('fingerprints', {
                        ...{ show: 'signatures', h2: text(row['h2_fp']) },
                        family: text(row['dict_family']) || text(row['ua_family']),
                      })}`}
                    >
                      Enter
                    </Action>
                  )}
                </td>
                {['pct_sec_ch_ua', 'pct_sec_fetch', 'pct_brotli'].map((name) => (
                  <td key={name} className="num">
                    {figureText(row[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
