-- Patterns of the last 24 hours, by hours of the clock where a window_start says so.

-- Sign-in forms that were sent at least 10 times.
CREATE VIEW IF NOT EXISTS $processing.view_form_bruteforce_detected AS
SELECT
    toIPv6(l.src_ip) AS src_ip,
    l.host AS host,
    count() AS post_count,
    uniqExact(l.path) AS distinct_paths,
    min(l.time) AS first_seen,
    max(l.time) AS last_seen
FROM $logs.http_logs AS l
WHERE l.time >= now() - INTERVAL 1 DAY
    AND l.method = 'POST'
    AND match(l.path, '(?i)(?:log-?in|sign-?in|auth|session|password|xmlrpc)')
GROUP BY l.src_ip, l.host
HAVING post_count >= 10;

-- One address with three or more JA4s at one host within an hour.
CREATE VIEW IF NOT EXISTS $processing.view_host_ip_ja4_rotation AS
SELECT
    toIPv6(l.src_ip) AS src_ip,
    l.host AS host,
    toStartOfHour(l.time) AS window_start,
    uniqExact(l.ja4) AS distinct_ja4,
    arraySort(groupUniqArray(20)(toString(l.ja4))) AS ja4_list,
    count() AS total_hits
FROM $logs.http_logs AS l
WHERE l.time >= now() - INTERVAL 1 DAY AND l.ja4 != ''
    -- Few addresses change at all: only theirs are collected.
    AND l.src_ip IN
    (
        SELECT src_ip FROM $logs.http_logs
        WHERE time >= now() - INTERVAL 1 DAY AND ja4 != ''
        GROUP BY src_ip HAVING uniqUpTo(2)(ja4) > 2
    )
GROUP BY l.src_ip, l.host, window_start
HAVING distinct_ja4 >= 3;

-- One address and JA4 with three or more user agents within an hour.
CREATE VIEW IF NOT EXISTS $processing.view_dashboard_user_agents AS
SELECT
    toIPv6(l.src_ip) AS src_ip,
    l.ja4 AS ja4,
    toStartOfHour(l.time) AS window_start,
    uniqExact(l.header_user_agent) AS distinct_ua_count,
    arraySort(groupUniqArray(5)(toString(l.header_user_agent))) AS ua_samples,
    count() AS total_requests
FROM $logs.http_logs AS l
WHERE l.time >= now() - INTERVAL 1 DAY
    AND l.src_ip IN
    (
        SELECT src_ip FROM $logs.http_logs
        WHERE time >= now() - INTERVAL 1 DAY
        GROUP BY src_ip HAVING uniqUpTo(2)(header_user_agent) > 2
    )
GROUP BY l.src_ip, l.ja4, window_start
HAVING distinct_ua_count >= 3;

-- How long after a page its assets are asked for. A browser loads many within a second; a headless one loads few or none, or
-- all at the same pace.
CREATE VIEW IF NOT EXISTS $processing.view_resource_cascade_1h AS
WITH
    match(l.path, '(?i)\\.(?:css|js|mjs|png|jpe?g|gif|svg|webp|ico|woff2?|ttf)$') AS is_asset,
    -- In order of time; a page before an asset of the same millisecond.
    arraySort(groupArray((toUnixTimestamp64Milli(l.time_ms), toUInt8(is_asset)))) AS requests,
    arrayFill(at -> at > 0, arrayMap(r -> if(r.2 = 0, r.1, 0), requests)) AS page_before,
    arrayFilter((delay, r, page) -> r.2 = 1 AND page > 0,
        arrayMap((r, page) -> r.1 - page, requests, page_before), requests, page_before) AS delays,
    arrayFilter((page, r) -> r.2 = 1 AND page > 0, page_before, requests) AS asset_pages
SELECT
    toIPv6(l.src_ip) AS src_ip,
    l.host AS host,
    toStartOfHour(l.time) AS window_start,
    countIf(NOT is_asset) AS page_count,
    if(empty(delays), NULL, arrayAvg(delays)) AS avg_sub_delay_ms,
    if(empty(delays), NULL, sqrt(arrayAvg(arrayMap(d -> d * d, delays)) - pow(arrayAvg(delays), 2))) AS stddev_sub_delay_ms,
    if(empty(delays), 0, arrayMax(arrayMap(page -> countEqual(asset_pages, page), arrayDistinct(asset_pages)))) AS max_sub_resources
FROM $logs.http_logs AS l
WHERE l.time >= now() - INTERVAL 1 DAY AND l.method = 'GET'
GROUP BY l.src_ip, l.host, window_start
HAVING page_count > 0;

-- Addresses that were detected in two or more hours of the last 30 days.
CREATE VIEW IF NOT EXISTS $processing.view_ip_recurrence AS
SELECT
    d.src_ip AS src_ip,
    uniqExact(toStartOfHour(d.detected_at)) AS recurrence,
    max(d.anomaly_score) AS worst_score,
    argMax(d.threat_level, d.anomaly_score) AS worst_threat,
    min(d.detected_at) AS first_seen,
    max(d.detected_at) AS last_seen,
    topK(1)(d.ja4)[1] AS top_ja4,
    topK(1)(d.host)[1] AS top_host
FROM $processing.ml_detected_anomalies AS d
WHERE d.detected_at >= now() - INTERVAL 30 DAY
GROUP BY d.src_ip
HAVING recurrence >= 2;
