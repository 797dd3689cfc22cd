/**
 * What generated data consists of: rows by table as ClickHouse takes them (columns left out take their defaults), times in
 * seconds since 1970. A story plants one thing and says what must be found.
 */
import type { DemoClock } from './clock.ts'
import type { Random } from './random.ts'

export type RequestRow = {
  time: number
  /** Seconds with milliseconds, as text: '1764400000.123'. */
  time_ms: string
  src_ip: string
  src_port: number
  src_asn: number
  src_as_name: string
  src_country_code: string
  method: 'GET' | 'POST' | 'HEAD'
  host: string
  path: string
  query: string
  http_version: string
  header_user_agent: string
  header_accept_encoding: string
  header_accept_language: string
  header_referer: string
  header_sec_ch_ua: string
  header_sec_ch_ua_mobile: string
  header_sec_ch_ua_platform: string
  header_sec_fetch_mode: string
  header_x_forwarded_for: string
  client_headers: string
  ja4: string
  tls_version: string
  tls_sni: string
  tls_alpn: string
  h2_fingerprint: string
  h2_settings_fp: string
  h2_window_update: number
  h2_priority: number
  h2_pseudo_order: string
}

export const THREAT_LEVELS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'NORMAL', 'KNOWN_BOT', 'LEGITIMATE_BROWSER'] as const
export type ThreatLevel = (typeof THREAT_LEVELS)[number]

/** What tables of scores and of detections have in common. */
type VerdictRow = {
  detected_at: number
  window_start: number
  /** IPv6; an IPv4 address as ::ffff:a.b.c.d. */
  src_ip: string
  ja4: string
  host: string
  bot_name: string
  browser_family: string
  anomaly_score: number
  raw_anomaly_score: number
  threat_level: ThreatLevel
  model_name: string
  /** -1: none. */
  campaign_id: number
  /** As text where a double would round it. */
  hits: number | string
  hit_velocity: number
  fuzzing_index: number
  post_ratio: number
  asn_number: number
  asn_org: string
  asn_label: string
  country_code: string
}
export type ScoreRow = VerdictRow & { ae_recon_error: number | 'nan' | null; xgb_prob: number | null }
export type DetectionRow = VerdictRow & {
  recurrence: number
  port_exhaustion_ratio: number
  orphan_ratio: number
  reason: string
}

export type FeedbackRow = { created_at: number; src_ip: string; classification: string; comment: string }
export type CycleRow = {
  cycle_at: number
  model_name: string
  total_sessions: number
  correlated_rate: number
  anomaly_rate: number
  critical_count: number
  high_count: number
  drift_rate: number
  drift_alert: 0 | 1
  cycle_latency_ms: number
  features_valid: number
  features_total: number
  baseline_size: number
  meta_learner_active: 0 | 1
}
export type FleetRow = {
  detected_at: number
  community_id: number
  fleet_score: number
  n_ips: number
  ja4_set: string[]
  asn_set: string[]
  ip_sample: string[]
}

export type DemoRows = {
  http_logs: RequestRow[]
  ml_all_scores: ScoreRow[]
  ml_detected_anomalies: DetectionRow[]
  soc_feedback: FeedbackRow[]
  ml_performance_metrics: CycleRow[]
  fleet_detections: FleetRow[]
}

/** What a story may use. Random numbers are its own: another story changes nothing in it. */
export type StoryContext = { clock: DemoClock; random: Random; rows: DemoRows }
