-- One row a request. Addresses are IPv4 here and IPv6 (mapped) everywhere else.
CREATE TABLE IF NOT EXISTS $logs.http_logs
(
    time DateTime CODEC(Delta, ZSTD(1)),
    -- The same moment in milliseconds: delays inside a page need it.
    time_ms DateTime64(3) DEFAULT toDateTime64(time, 3) CODEC(Delta, ZSTD(1)),
    log_date Date DEFAULT toDate(time),
    src_ip IPv4,
    src_port UInt16,
    dst_ip IPv4 DEFAULT toIPv4('192.0.2.10'),
    dst_port UInt16 DEFAULT 443,
    src_asn UInt32,
    src_as_name LowCardinality(String),
    src_country_code LowCardinality(String),
    method LowCardinality(String),
    scheme LowCardinality(String) DEFAULT 'https',
    host LowCardinality(String),
    path String CODEC(ZSTD(1)),
    query String DEFAULT '' CODEC(ZSTD(1)),
    http_version LowCardinality(String),
    header_user_agent LowCardinality(String),
    header_accept LowCardinality(String) DEFAULT '',
    header_accept_encoding LowCardinality(String) DEFAULT '',
    header_accept_language LowCardinality(String) DEFAULT '',
    header_referer String DEFAULT '' CODEC(ZSTD(1)),
    header_content_type LowCardinality(String) DEFAULT '',
    header_x_forwarded_for String DEFAULT '',
    header_sec_ch_ua LowCardinality(String) DEFAULT '',
    header_sec_ch_ua_mobile LowCardinality(String) DEFAULT '',
    header_sec_ch_ua_platform LowCardinality(String) DEFAULT '',
    header_sec_fetch_dest LowCardinality(String) DEFAULT '',
    header_sec_fetch_mode LowCardinality(String) DEFAULT '',
    header_sec_fetch_site LowCardinality(String) DEFAULT '',
    -- Names of all headers in the order in which they came, with commas.
    client_headers LowCardinality(String) DEFAULT '',
    ja4 LowCardinality(String),
    tls_version LowCardinality(String) DEFAULT '',
    tls_sni LowCardinality(String) DEFAULT '',
    tls_alpn LowCardinality(String) DEFAULT '',
    -- Settings|window update|priority|order of pseudo headers.
    h2_fingerprint LowCardinality(String) DEFAULT '',
    h2_settings_fp LowCardinality(String) DEFAULT '',
    h2_window_update UInt32 DEFAULT 0,
    h2_priority UInt8 DEFAULT 0,
    h2_pseudo_order LowCardinality(String) DEFAULT '',
    ip_meta_ttl UInt8 DEFAULT 64,
    tcp_meta_window_size UInt32 DEFAULT 65535,
    INDEX by_address src_ip TYPE bloom_filter(0.01) GRANULARITY 4,
    INDEX by_ja4 ja4 TYPE set(100) GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY log_date
ORDER BY (time, src_ip, ja4);
