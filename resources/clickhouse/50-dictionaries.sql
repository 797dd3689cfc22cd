-- ACCESS_TO_KEY_FROM_ATTRIBUTES lets whole lists be read, not only asked for one address.
CREATE DICTIONARY IF NOT EXISTS $processing.dict_bot_ip
(prefix String, bot_name String DEFAULT '')
PRIMARY KEY prefix
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'ref_bot_ip'))
LAYOUT(IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1))
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_bot_ja4
(ja4 String, bot_name String DEFAULT '')
PRIMARY KEY ja4
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'ref_bot_ja4'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_browser_ja4
(ja4 String, browser_family String DEFAULT '', tls_library String DEFAULT '', context String DEFAULT '')
PRIMARY KEY ja4
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'ref_browser_ja4'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_browser_h2
(h2_fingerprint String, browser_family String DEFAULT '')
PRIMARY KEY h2_fingerprint
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'browser_h2_signatures'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_asn_reputation
(src_asn UInt64, label String DEFAULT '')
PRIMARY KEY src_asn
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'ref_asn_reputation'))
LAYOUT(HASHED())
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_iplocate_asn
(network String, asn UInt32 DEFAULT 0, country_code String DEFAULT '', name String DEFAULT '')
PRIMARY KEY network
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'ref_iplocate_asn'))
LAYOUT(IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1))
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_anubis_ip
(prefix String, bot_name String DEFAULT '', action String DEFAULT '', category String DEFAULT '')
PRIMARY KEY prefix
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'anubis_ip_rules'))
LAYOUT(IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1))
LIFETIME(MIN 300 MAX 600);

CREATE DICTIONARY IF NOT EXISTS $processing.dict_anubis_asn
(asn UInt64, bot_name String DEFAULT '', action String DEFAULT '', category String DEFAULT '')
PRIMARY KEY asn
SOURCE(CLICKHOUSE(DB '$processing' TABLE 'anubis_asn_rules'))
LAYOUT(HASHED())
LIFETIME(MIN 300 MAX 600);
