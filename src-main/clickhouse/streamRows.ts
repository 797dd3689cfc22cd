import type { ClickHouseSettings } from '@clickhouse/client'
import { AppError } from '#contract/appError'
import { answerCells, type ClickhouseValue } from './answerCells.ts'
import { answerLines, BrokenAnswer } from './answerLines.ts'
import { clickhouseFailure } from './clickhouseFailure.ts'
import type { ClickhouseAddress, ClickhouseQuestion } from './openClickhouse.ts'
import { streamingClient } from './streamingClient.ts'

export type RowStream = {
  sql: string
  params: NonNullable<ClickhouseQuestion['params']>
  /** Of the user: settings go to none that may set nothing. */
  readonly: 0 | 1 | 2
  settings: ClickHouseSettings
  /** By which the query can be stopped from elsewhere. */
  queryId: string
}

/**
 * The rows of an answer one by one, however many there are, from a connection of its own. Who asked stops the query by its id.
 * Failures are AppErrors as those of questions.
 */
export async function* streamRows(address: ClickhouseAddress, question: RowStream): AsyncGenerator<ClickhouseValue[]> {
  const { sql, params, readonly, settings, queryId } = question
  const { client, close } = streamingClient(address)
  try {
    const { stream } = await client.exec({
      query: `${sql}\nFORMAT JSONCompactEachRowWithNamesAndTypes`,
      query_params: params,
      query_id: queryId,
      clickhouse_settings:
        readonly === 1
          ? {}
          : {
              ...settings,
              output_format_json_quote_64bit_integers: 1,
              cancel_http_readonly_queries_on_client_close: 1,
            },
    })
    let [line, types] = [0, new Array<string>()]
    for await (const text of answerLines(stream, Infinity)) {
      if (line++ === 0) continue
      if (line === 2) types = answerCells(text, []).map(String)
      else yield answerCells(text, types)
    }
    if (line < 2) throw new BrokenAnswer()
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof BrokenAnswer || error instanceof SyntaxError)
      throw new AppError(
        'unavailable',
        'The answer of ClickHouse broke off or is no answer of ClickHouse. Try again.',
        { queryId },
      )
    throw clickhouseFailure(error, queryId)
  } finally {
    await close()
  }
}
