import { expect, it } from 'vitest'
import { columnsOf } from './fieldColumns.ts'

const columns = ['user_id', 'CommandLine', 'DestinationPort'].map((name) => ({ name, header: name, fields: [] }))
const look = (name: string) => () => columnsOf({ name, at: 0 }, { columns, timeColumn: null })

it('only a name that is near the unknown one is suggested', () => {
  expect(look('comand_line')).toThrow('character 1. Write CommandLine:value.')
  expect(look('userid')).toThrow('Write user_id:value.')
  expect(look('src_ip')).toThrow(/src_ip, character 1\. Put text that holds a colon in quotes\.$/)
})
