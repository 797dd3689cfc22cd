import { iocScopes } from '#contract/values'
import { ipv4Blocks } from '../addresses.ts'
import type { FastModule } from './fastModule.ts'
import { PAGE_BYTES, TEXTS_ENOUGH, type FastColumn } from './fastPlan.ts'
import type { FastSetup } from './messages.ts'

const TYPES = { text: 0, number: 1, time: 2 } as const
const ASK_ZONE = 0x7fffffff
/** How cells are looked at (c/iocs.h). */
const LOOK = { not: 0, gate: 1, hostname: 2 } as const

/** Tells the compiled code the plan and where its buffers are; answers the address of its state. */
export function prepareWork({ plan, at, key }: FastSetup, { call }: FastModule, memory: Buffer): number {
  const work = call('work_new', at.work, plan.columns.length) >>> 0
  call('set_source', work, plan.delimiter, plan.quote, plan.least, plan.comments ? 1 : 0, plan.timeColumn ?? -1)
  if (plan.placed) call('set_placed', work)
  call('set_buffers', work, at.cells, at.records, at.header, at.body)
  call('set_pages', work, PAGE_BYTES, at.pages, at.pageCap, at.keys, at.fixes)
  call('set_tables', work, at.iocs, at.iocBytes, at.texts, at.textBytes, TEXTS_ENOUGH, key[0], key[1])
  plan.columns.forEach((column, position) => {
    const seconds = column.time?.seconds ?? ASK_ZONE
    call(
      'set_column',
      work,
      position,
      TYPES[column.type],
      timeForm(column),
      seconds,
      column.time?.instant ? 1 : 0,
      lookOf(column),
    )
  })
  for (const host of plan.hosts) call('add_host', work, host)
  for (const { first, size, scope } of ipv4Blocks)
    call('add_block', work, first, first + size - 1, iocScopes.indexOf(scope))
  let free = at.unset
  for (const text of plan.unset) {
    const length = memory.write(text, free + 2)
    memory.writeUInt16LE(length, free)
    free += 2 + length
  }
  call('set_unset', work, at.unset, plan.unset.length)
  return work
}

/** The forms that the compiled code reads itself; 0 asks times.ts for every cell. */
function timeForm({ time }: FastColumn): number {
  if (time?.format === 'iso' || time?.format === 'ymd') return 1
  return time ? 1 + (['epoch-s', 'epoch-ms', 'epoch-us'].indexOf(time.format) + 1 || -1) : 0
}

function lookOf({ look }: FastColumn): number {
  if (look === null) return LOOK.not
  return look.ioc === 'hostname' ? LOOK.hostname : LOOK.gate
}
