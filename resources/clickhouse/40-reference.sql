-- What is known beforehand. Six of the eight lists are asked through dictionaries, which read these tables.
CREATE TABLE IF NOT EXISTS $processing.ref_bot_ip
(prefix String, bot_name String)
ENGINE = MergeTree ORDER BY prefix;

CREATE TABLE IF NOT EXISTS $processing.ref_bot_ja4
(ja4 String, bot_name String)
ENGINE = MergeTree ORDER BY ja4;

CREATE TABLE IF NOT EXISTS $processing.ref_browser_ja4
(ja4 String, browser_family String, tls_library String, context String)
ENGINE = MergeTree ORDER BY ja4;

CREATE TABLE IF NOT EXISTS $processing.browser_h2_signatures
(h2_fingerprint String, browser_family LowCardinality(String), confidence Float32 DEFAULT 1, notes String DEFAULT '')
ENGINE = MergeTree ORDER BY h2_fingerprint;

-- label: isp, datacenter, hosting, education, government.
CREATE TABLE IF NOT EXISTS $processing.ref_asn_reputation
(src_asn UInt64, label String)
ENGINE = MergeTree ORDER BY src_asn;

CREATE TABLE IF NOT EXISTS $processing.ref_iplocate_asn
(network String, asn UInt32, country_code String, name String)
ENGINE = MergeTree ORDER BY network;

-- action: ALLOW, DENY, CHALLENGE, WEIGH.
CREATE TABLE IF NOT EXISTS $processing.anubis_ip_rules
(prefix String, bot_name String, action LowCardinality(String), category LowCardinality(String))
ENGINE = MergeTree ORDER BY prefix;

CREATE TABLE IF NOT EXISTS $processing.anubis_asn_rules
(asn UInt32, bot_name String, action LowCardinality(String), category LowCardinality(String))
ENGINE = MergeTree ORDER BY asn;
