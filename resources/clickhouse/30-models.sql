-- What the models say of sessions, what became a detection, and what people say of it. Scores: 0 to 1, higher is worse.
CREATE TABLE IF NOT EXISTS $processing.ml_all_scores
(
    detected_at DateTime,
    window_start DateTime,
    src_ip IPv6,
    ja4 LowCardinality(String),
    host LowCardinality(String),
    bot_name LowCardinality(String) DEFAULT '',
    browser_family LowCardinality(String) DEFAULT '',
    anomaly_score Float32,
    raw_anomaly_score Float32,
    -- NULL where the model has no auto-encoder, NaN where it could not be worked out.
    ae_recon_error Nullable(Float32),
    xgb_prob Nullable(Float32),
    threat_level LowCardinality(String),
    model_name LowCardinality(String),
    campaign_id Int32 DEFAULT -1,
    hits UInt64,
    hit_velocity Float32,
    fuzzing_index Float32,
    post_ratio Float32,
    asn_number UInt32,
    asn_org LowCardinality(String),
    asn_label LowCardinality(String) DEFAULT '',
    country_code LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(detected_at)
ORDER BY (detected_at, src_ip);

CREATE TABLE IF NOT EXISTS $processing.ml_detected_anomalies
(
    detected_at DateTime,
    window_start DateTime,
    src_ip IPv6,
    ja4 LowCardinality(String),
    host LowCardinality(String),
    bot_name LowCardinality(String) DEFAULT '',
    browser_family LowCardinality(String) DEFAULT '',
    anomaly_score Float32,
    raw_anomaly_score Float32,
    threat_level LowCardinality(String),
    model_name LowCardinality(String),
    recurrence UInt32,
    -- -1: belongs to no campaign.
    campaign_id Int32 DEFAULT -1,
    hits UInt64,
    hit_velocity Float32,
    fuzzing_index Float32,
    post_ratio Float32,
    port_exhaustion_ratio Float32 DEFAULT 0,
    orphan_ratio Float32 DEFAULT 0,
    asn_number UInt32,
    asn_org LowCardinality(String),
    asn_label LowCardinality(String) DEFAULT '',
    country_code LowCardinality(String),
    -- 'SHAP: feature(+0.123) | feature(-0.456) | Threat: LEVEL', or ExIFFI instead of SHAP.
    reason String DEFAULT ''
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(detected_at)
ORDER BY (detected_at, src_ip);

CREATE TABLE IF NOT EXISTS $processing.soc_feedback
(
    created_at DateTime DEFAULT now(),
    src_ip IPv6,
    classification LowCardinality(String),
    comment String
)
ENGINE = MergeTree
ORDER BY (src_ip, created_at);

-- One row for each model and cycle. Rates are shares of 0 to 1.
CREATE TABLE IF NOT EXISTS $processing.ml_performance_metrics
(
    cycle_at DateTime,
    model_name LowCardinality(String),
    total_sessions UInt32,
    correlated_rate Float32,
    anomaly_rate Float32,
    critical_count UInt32,
    high_count UInt32,
    drift_rate Float32,
    drift_alert UInt8,
    cycle_latency_ms UInt32,
    features_valid UInt16,
    features_total UInt16,
    baseline_size UInt32,
    meta_learner_active UInt8
)
ENGINE = MergeTree
ORDER BY (cycle_at, model_name);

CREATE TABLE IF NOT EXISTS $processing.fleet_detections
(
    detected_at DateTime,
    community_id UInt32,
    fleet_score Float32,
    n_ips UInt32,
    ja4_set Array(String),
    asn_set Array(String),
    ip_sample Array(String)
)
ENGINE = MergeTree
ORDER BY (detected_at, community_id);
