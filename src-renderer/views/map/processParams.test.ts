import { expect, it } from 'vitest'
import { processParams, rowsQuery } from './processParams.ts'

it('reads what a link says and leaves out what it does not understand', () => {
  const of = (text: string) => processParams(new URLSearchParams(text))
  expect(of('host=WS5&pid=2568%402019-01-15T05:15:11.767Z&q=net&marked=1')).toEqual({
    ...{
      host: 'WS5',
      pid: '2568@2019-01-15T05:15:11.767Z',
      q: 'net',
      marked: true,
      closed: false,
      from: null,
      to: null,
      ds: null,
      row: null,
    },
  })
  expect(of('ds=d&row=121')).toMatchObject({ ds: 'd', row: 121 })
  expect(of('row=-1&marked=yes').row).toBeNull()
})

it('asks for a PID as Sysmon and as the Security log write it', () => {
  expect(rowsQuery(2568, null)).toBe('(pid:"2568" OR pid:"0xa08" OR pid:"0x0000000000000a08")')
})
