import { DAY_S, HOUR_S } from './clock.ts'
import type { StoryContext } from './shapes.ts'

/** What people said of detected addresses, in both vocabularies that consoles have had. One of them changed their mind. */
export function classifications({ clock, rows }: StoryContext): void {
  const addresses = [...new Set(rows.ml_detected_anomalies.map(({ src_ip }) => src_ip))]
  const say = (n: number, age: number, classification: string, comment: string): void => {
    const src_ip = addresses[n]
    if (src_ip !== undefined) rows.soc_feedback.push({ created_at: clock.ago(age), src_ip, classification, comment })
  }
  say(0, DAY_S * 5, 'false_positive', 'Search engine, checked by reverse lookup')
  say(1, DAY_S * 4, 'legitimate', 'Search engine')
  say(4, HOUR_S * 5, 'suspicious', 'Many sign-ins, owner asked')
  say(4, HOUR_S * 2, 'true_positive', 'Credential stuffing; blocked <b>today</b>')
  say(5, HOUR_S * 3, 'true_positive', 'Same tool')
  say(9, DAY_S, 'bot', '')
}
