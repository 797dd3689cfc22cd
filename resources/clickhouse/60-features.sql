-- Features of the sessions of the last 60 minutes; a session is one address, one JA4 and one host. Ratios are shares of the
-- requests, 0 to 1. An asset is what a page loads: scripts, styles, pictures, fonts.
CREATE VIEW IF NOT EXISTS $processing.view_ai_features_1h AS
WITH
    match(path, '(?i)\\.(?:css|js|mjs|png|jpe?g|gif|svg|webp|ico|woff2?|ttf)$') AS is_asset,
    sessions AS
    (
        SELECT
            toIPv6(l.src_ip) AS src_ip,
            l.ja4 AS ja4,
            l.host AS host,
            toStartOfHour(min(l.time)) AS window_start,
            min(l.time) AS first_seen,
            max(l.time) AS last_seen,
            count() AS hits,
            -- Requests a second; a burst within one second counts as one second.
            hits / greatest(dateDiff('second', first_seen, last_seen), 1) AS hit_velocity,
            -- Different query strings for each path.
            uniqExactIf(l.query, l.query != '') / uniqExact(l.path) AS fuzzing_index,
            countIf(l.method = 'POST') / hits AS post_ratio,
            countIf(is_asset) / hits AS asset_ratio,
            countIf(l.header_referer = '') / hits AS direct_access_ratio,
            -- Assets that no page asked for.
            countIf(is_asset AND l.header_referer = '') / hits AS orphan_ratio,
            -- Bits over the minutes of the hour: 0 for one burst, near 6 for a steady trickle.
            entropy(toMinute(l.time)) AS temporal_entropy,
            uniqExact(l.path) / hits AS path_diversity_ratio,
            -- 0 to 100: what a current browser sends along.
            30 * (countIf(l.header_sec_ch_ua != '') / hits) + 30 * (countIf(l.header_sec_fetch_mode != '') / hits)
                + 20 * (countIf(l.header_accept_language != '') / hits)
                + 20 * (countIf(l.header_accept_encoding LIKE '%br%') / hits) AS modern_browser_score,
            max(if(l.client_headers = '', 0, length(splitByChar(',', l.client_headers)))) AS header_count,
            uniqExact(l.src_port) / hits AS src_port_density,
            uniqExact(l.src_port) / 64512 AS port_exhaustion_ratio,
            uniqExact(l.header_user_agent) AS distinct_ua_count,
            distinct_ua_count >= 3 AS is_ua_rotating,
            any(l.src_asn) AS asn_number,
            any(l.src_as_name) AS asn_org,
            any(l.src_country_code) AS country_code,
            anyIf(l.h2_fingerprint, l.h2_fingerprint != '') AS h2_fingerprint,
            anyIf(l.h2_settings_fp, l.h2_settings_fp != '') AS h2_settings_raw,
            max(l.h2_window_update) AS h2_window_update_value,
            max(l.h2_priority) AS h2_priority_present,
            anyIf(l.h2_pseudo_order, l.h2_pseudo_order != '') AS h2_pseudo_ord_raw
        FROM $logs.http_logs AS l
        WHERE l.time > now() - INTERVAL 1 HOUR
        GROUP BY l.src_ip, l.ja4, l.host
    )
SELECT
    sessions.*,
    uniqExact(ja4) OVER (PARTITION BY src_ip) AS distinct_ja4_count,
    dictGetOrDefault('$processing.dict_asn_reputation', 'label', toUInt64(asn_number), '') AS asn_label,
    if(dictGetOrDefault('$processing.dict_bot_ja4', 'bot_name', tuple(toString(ja4)), '') != '',
        dictGetOrDefault('$processing.dict_bot_ja4', 'bot_name', tuple(toString(ja4)), ''),
        dictGetOrDefault('$processing.dict_bot_ip', 'bot_name', tuple(src_ip), '')) AS bot_name,
    dictGetOrDefault('$processing.dict_browser_ja4', 'browser_family', tuple(toString(ja4)), '') AS browser_family,
    dictGetOrDefault('$processing.dict_browser_h2', 'browser_family', tuple(toString(h2_fingerprint)), '') AS h2_dict_family,
    toUInt8(h2_fingerprint != '') AS h2_settings_known,
    toUInt8(h2_window_update_value = 15663105) AS h2_window_chrome,
    toUInt8(h2_window_update_value = 12517377) AS h2_window_firefox,
    toUInt8(h2_window_update_value = 10485760) AS h2_window_safari,
    toUInt8(h2_fingerprint != '' AND h2_window_update_value = 0) AS h2_window_absent,
    toUInt8(h2_pseudo_ord_raw = 'm,a,s,p') AS h2_order_chrome,
    toUInt8(h2_pseudo_ord_raw = 'm,p,a,s') AS h2_order_firefox,
    toUInt8(h2_pseudo_ord_raw = 'm,s,p,a') AS h2_order_safari,
    -- Edge speaks HTTP/2 as Chrome does.
    toUInt8(browser_family != '' AND h2_dict_family != ''
        AND replaceOne(browser_family, 'Edge', 'Chrome') != replaceOne(h2_dict_family, 'Edge', 'Chrome')) AS tls_h2_family_mismatch,
    -- 1: TLS, HTTP/2 and headers tell of the same browser.
    round(1 - 0.5 * tls_h2_family_mismatch - 0.3 * (browser_family != '' AND modern_browser_score < 40)
        - 0.2 * (is_ua_rotating OR distinct_ja4_count >= 3), 2) AS fingerprint_coherence_score,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)1:(\\d+)')) AS h2_header_table_size,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)2:(\\d+)')) AS h2_enable_push,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)3:(\\d+)')) AS h2_max_concurrent_streams,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)4:(\\d+)')) AS h2_initial_window_size,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)5:(\\d+)')) AS h2_max_frame_size,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)6:(\\d+)')) AS h2_max_header_list_size,
    toUInt32OrZero(extract(toString(h2_settings_raw), '(?:^|;)8:(\\d+)')) AS h2_enable_connect_protocol
FROM sessions;

-- The same features of whole addresses, over all their JA4s and hosts.
CREATE VIEW IF NOT EXISTS $processing.view_thesis_features_1h AS
WITH match(path, '(?i)\\.(?:css|js|mjs|png|jpe?g|gif|svg|webp|ico|woff2?|ttf)$') AS is_asset
SELECT
    toIPv6(l.src_ip) AS src_ip,
    toStartOfHour(min(l.time)) AS window_start,
    count() AS hits,
    hits / greatest(dateDiff('second', min(l.time), max(l.time)), 1) AS hit_velocity,
    uniqExactIf(l.query, l.query != '') / uniqExact(l.path) AS fuzzing_index,
    countIf(l.method = 'POST') / hits AS post_ratio,
    countIf(is_asset) / hits AS asset_ratio,
    countIf(l.header_referer = '') / hits AS direct_access_ratio,
    entropy(toMinute(l.time)) AS temporal_entropy,
    uniqExact(l.path) / hits AS path_diversity_ratio,
    30 * (countIf(l.header_sec_ch_ua != '') / hits) + 30 * (countIf(l.header_sec_fetch_mode != '') / hits)
        + 20 * (countIf(l.header_accept_language != '') / hits)
        + 20 * (countIf(l.header_accept_encoding LIKE '%br%') / hits) AS modern_browser_score,
    max(if(l.client_headers = '', 0, length(splitByChar(',', l.client_headers)))) AS header_count,
    uniqExact(l.src_port) / hits AS src_port_density,
    uniqExact(l.ja4) AS distinct_ja4_count,
    uniqExact(l.host) AS distinct_host_count,
    uniqExact(l.header_user_agent) AS distinct_ua_count
FROM $logs.http_logs AS l
WHERE l.time > now() - INTERVAL 1 HOUR
GROUP BY l.src_ip;
