import type { Client } from './clients.ts'
import { mapped } from './networks.ts'
import type { DetectionRow, ScoreRow, StoryContext, ThreatLevel } from './shapes.ts'

export const MODELS = ['Complet', 'Applicatif'] as const

/** A session as the models saw it. */
export type Judged = {
  client: Client
  host: string
  at: number
  /** 0 to 1. */
  score: number
  level: ThreatLevel
  hits: number
  velocity: number
  fuzzing?: number
  post?: number
  orphans?: number
  campaign?: number
  bot?: string
  ja4?: string
  model?: (typeof MODELS)[number]
  /** Features that spoke for the score, the strongest first; they become the reason. */
  because?: readonly string[]
  recurrence?: number
  /** IPv6, in place of the client's. */
  address?: string
}

const rounded = (value: number, digits = 4): number => Number(value.toFixed(digits))

/** Gives a session its score. */
export function scored({ random, rows }: StoryContext, judged: Judged): ScoreRow {
  const { client, score } = judged
  const model = judged.model ?? 'Complet'
  const row: ScoreRow = {
    detected_at: judged.at,
    window_start: judged.at - (judged.at % 3600),
    src_ip: judged.address ?? mapped(client.address),
    ja4: judged.ja4 ?? client.fingerprint.ja4,
    host: judged.host,
    bot_name: judged.bot ?? '',
    browser_family: client.fingerprint.family,
    anomaly_score: rounded(score),
    raw_anomaly_score: rounded(score * 0.8 + random.share() * 0.05),
    threat_level: judged.level,
    model_name: model,
    campaign_id: judged.campaign ?? -1,
    hits: judged.hits,
    hit_velocity: rounded(judged.velocity),
    fuzzing_index: rounded(judged.fuzzing ?? 0),
    post_ratio: rounded(judged.post ?? 0),
    asn_number: client.network.asn,
    asn_org: client.network.org,
    asn_label: client.network.label,
    country_code: client.network.country,
    // Only one of the models has an auto-encoder.
    ae_recon_error: model === 'Complet' ? rounded(score * 0.3 + random.share() * 0.05) : null,
    xgb_prob: rounded(Math.min(1, score + random.share() * 0.05)),
  }
  rows.ml_all_scores.push(row)
  return row
}

/** Gives a session its score and makes it a detection. */
export function detected(context: StoryContext, judged: Judged): DetectionRow {
  const { ae_recon_error: _error, xgb_prob: _probability, ...row } = scored(context, judged)
  const detection: DetectionRow = {
    ...row,
    recurrence: judged.recurrence ?? 1,
    port_exhaustion_ratio: rounded(judged.hits / 64_512),
    orphan_ratio: rounded(judged.orphans ?? 0),
    reason: reasonOf(context, judged),
  }
  context.rows.ml_detected_anomalies.push(detection)
  return detection
}

/** As the models write it: 'SHAP: feature(+0.412) | feature(-0.120) | Threat: HIGH'. */
function reasonOf({ random }: StoryContext, { because = [], level, model }: Judged): string {
  if (because.length === 0) return ''
  const features = because.map((name, n) => {
    const weight = (0.6 / (n + 1) + random.share() * 0.1) * (n === 2 ? -1 : 1)
    return `${name}(${weight < 0 ? '' : '+'}${weight.toFixed(3)})`
  })
  return `${model === 'Applicatif' ? 'ExIFFI' : 'SHAP'}: ${features.join(' | ')} | Threat: ${level}`
}
