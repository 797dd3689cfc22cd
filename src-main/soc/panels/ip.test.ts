import { expect, it } from 'vitest'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { ip } from './ip.ts'
import { ipRadar } from './ipRadar.ts'

const DAY = 86_400

describeConsole('an address', (soc) => {
  /** What the generated rows say of an address, newest first. */
  const known = (address: string) => {
    const { rows, answers } = soc().demo
    const since = (at: number, days: number) => at >= answers.now - days * DAY
    const plain = ({ src_ip }: { src_ip: string }) => src_ip.replace('::ffff:', '') === address
    return {
      detections: rows.ml_detected_anomalies.filter((row) => plain(row) && since(row.detected_at, 30)),
      scores: rows.ml_all_scores.filter((row) => plain(row) && since(row.detected_at, 3)),
      requests: rows.http_logs.filter((row) => plain(row) && since(row.time, 1)),
    }
  }
  const newest = (times: readonly number[]) => times.toSorted((a, b) => b - a)

  it('tells of detections over 30 days, scores over 3, requests of one, fingerprints and recurrence', async () => {
    for (const address of [
      soc().demo.answers.bruteForce[0]?.address ?? '',
      soc().demo.answers.recurrence[0]?.address ?? '',
      soc().demo.answers.ja4Rotation[0]?.address ?? '',
      '2001:db8::bad:1',
    ]) {
      const parts = await soc().ask(ip, { ip: address.includes(':') ? address : `::ffff:${address}` })
      const { detections, scores, requests } = known(address)
      const times = (part: string, column: string) => parts[part]?.rows.map((row) => secondsOf(row[column]))
      expect(times('detections', 'detected_at')).toEqual(newest(detections.map((row) => row.detected_at)))
      expect(times('scores', 'detected_at')).toEqual(newest(scores.map((row) => row.detected_at)))
      expect(times('requests', 'time')).toEqual(newest(requests.map(({ time }) => time)).slice(0, 100))
      expect(parts['summary']?.rows[0]).toMatchObject({
        detections: detections.length,
        days: new Set(detections.map((row) => Math.floor(row.detected_at / DAY))).size,
        worst_score: expect.closeTo(Math.max(...detections.map((row) => row.anomaly_score)), 4),
      })
      const ja4s = Map.groupBy(requests, ({ ja4 }) => ja4)
      expect(Object.fromEntries(parts['fingerprints']?.rows.map((row) => [row['ja4'], row['requests']]) ?? [])).toEqual(
        Object.fromEntries([...ja4s].map(([ja4, all]) => [ja4, all.length])),
      )
      const again = soc().demo.answers.recurrence.filter((one) => one.address === address)
      expect(parts['recurrence']?.rows.map((row) => row['recurrence'])).toEqual(again.map((one) => one.recurrence))
    }
  })

  it('tells what people said of it, the last word first', async () => {
    const { soc_feedback: said } = soc().demo.rows
    const address = said[0]?.src_ip.replace('::ffff:', '') ?? ''
    const { verdicts } = await soc().ask(ip, { ip: address })
    expect(verdicts?.rows.map((row) => [secondsOf(row['created_at']), row['classification'], row['comment']])).toEqual(
      said
        .filter(({ src_ip }) => src_ip.replace('::ffff:', '') === address)
        .toSorted((a, b) => b.created_at - a.created_at)
        .map((one) => [one.created_at, one.classification, one.comment]),
    )
  })

  it('shows the features of its last hour, and holds them against people and bots', async () => {
    const { sessions } = soc().demo.answers
    const one = sessions.toSorted((a, b) => b.hits - a.hits)[0]
    const { features, cascade } = await soc().ask(ip, { ip: one?.address })
    expect(features?.rows).toEqual([
      expect.objectContaining({ hits: one?.hits, ja4: one?.ja4, post_ratio: one?.post, asn_label: one?.asnLabel }),
    ])
    expect(cascade?.failure).toBeNull()
    const { profile } = await soc().ask(ipRadar, { ip: one?.address })
    const mean = (labels: readonly string[]) => {
      const all = sessions.filter(({ asnLabel }) => labels.includes(asnLabel))
      return all.reduce((sum, { velocity }) => sum + velocity, 0) / all.length
    }
    expect(profile?.rows.length).toBe(8)
    expect(profile?.rows[0]).toEqual({
      feature: 'hit_velocity',
      address: expect.closeTo(one?.velocity ?? 0, 6),
      isp: expect.closeTo(mean(['isp']), 6),
      bot: expect.closeTo(mean(['datacenter', 'hosting']), 6),
    })
    // Nobody knows this one: the baselines stand, it has no line.
    const nobody = (await soc().ask(ipRadar, { ip: '192.0.2.254' }))['profile']
    expect(nobody?.rows.map((row) => row['address'])).toEqual(Array.from({ length: 8 }, () => null))
    expect(nobody?.rows[0]?.['isp']).toEqual(expect.closeTo(mean(['isp']), 6))
    for (const wrong of ['', 'localhost', '1.2.3', '::g'])
      expect(() => ip.statements({ ip: wrong }, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })
})
