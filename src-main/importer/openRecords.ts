import type { Beginning } from './beginning.ts'
import { createJsonReader } from './jsonReader.ts'
import { createRecordReader, type RecordReader, type RecordSink } from './recordReader.ts'

/** The reader that cuts a file, table or JSON, into records as its beginning says. */
export function openRecords(beginning: Beginning, sink: RecordSink): RecordReader {
  const { json } = beginning
  return json === null ? createRecordReader(beginning, sink) : createJsonReader({ ...beginning, json }, sink)
}
