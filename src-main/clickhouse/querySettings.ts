import type { ClickHouseSettings } from '@clickhouse/client'

/**
 * What is sent beside a reading question, by what its user may do. `readonly`: 1 may set nothing at all; 2 may set all but
 * `readonly`; null is not known yet. A server that stops queries whose connection was closed does so for reading ones only.
 */
export function settingsOf(
  readonly: 0 | 1 | 2 | null,
  limits: { seconds: number; rows: number; overflow: 'fail' | 'cut'; readRows?: number; readBytes?: number },
  more: ClickHouseSettings,
): ClickHouseSettings {
  if (readonly === 1 || readonly === null) return {}
  return {
    ...more,
    max_execution_time: limits.seconds,
    ...(limits.readRows === undefined ? {} : { max_rows_to_read: String(limits.readRows) }),
    ...(limits.readBytes === undefined ? {} : { max_bytes_to_read: String(limits.readBytes) }),
    // One row more, to tell a full answer from a cut one.
    max_result_rows: String(limits.rows + 1),
    result_overflow_mode: limits.overflow === 'fail' ? 'throw' : 'break',
    cancel_http_readonly_queries_on_client_close: 1,
    // Errors come instead of an answer and not in its middle, and the counts are those of the end.
    wait_end_of_query: 1,
    output_format_json_quote_64bit_integers: 1,
    ...(readonly === 0 ? { readonly: '2' } : {}),
  }
}
