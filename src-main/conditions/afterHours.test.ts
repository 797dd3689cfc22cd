import fc from 'fast-check'
import { expect, it } from 'vitest'
import { weekdays } from '#contract/values'
import { afterHours } from './afterHours.ts'

const us = (iso: string): number => Date.parse(iso) * 1000
const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const

it('is outside before, after and at the end of the hours, and on free days', () => {
  const outside = afterHours({ zone: 'UTC', from: '09:00', to: '17:00', days })
  const at = (iso: string): boolean => outside(us(iso))
  expect(at('2024-03-04T08:59:59.999Z')).toBe(true)
  expect(at('2024-03-04T09:00:00Z')).toBe(false)
  expect(at('2024-03-04T16:59:59.999Z')).toBe(false)
  expect(at('2024-03-04T17:00:00Z')).toBe(true)
  expect(at('2024-03-09T12:00:00Z')).toBe(true)
  expect(at('1969-12-31T12:00:00Z')).toBe(false)
})

it('reads the clock of the zone, summer time included', () => {
  const outside = afterHours({ zone: 'Europe/Berlin', from: '09:00', to: '17:00', days })
  expect(outside(us('2024-03-04T08:30:00Z'))).toBe(false)
  expect(outside(us('2024-07-01T07:30:00Z'))).toBe(false)
  expect(outside(us('2024-07-01T15:30:00Z'))).toBe(true)
  expect(afterHours({ zone: '+05:45', from: '09:00', to: '17:00', days })(us('2024-03-04T03:20:00Z'))).toBe(false)
})

it('hours over midnight belong to the day on which they begin', () => {
  const outside = afterHours({ zone: 'UTC', from: '22:00', to: '06:00', days: ['fri'] })
  expect(outside(us('2024-03-08T23:00:00Z'))).toBe(false)
  expect(outside(us('2024-03-09T05:59:00Z'))).toBe(false)
  expect(outside(us('2024-03-09T06:00:00Z'))).toBe(true)
  expect(outside(us('2024-03-09T23:00:00Z'))).toBe(true)
  expect(outside(us('2024-03-08T05:00:00Z'))).toBe(true)
})

it('agrees with the clock of the platform at any time in any zone', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe']
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.date({ min: new Date(0), max: new Date('2035-01-01') }), (zone, date) => {
      fc.pre(!Number.isNaN(date.getTime()))
      const text = new Intl.DateTimeFormat('en-GB', {
        ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
      }).format(date)
      const day = weekdays.find((known) => text.toLowerCase().startsWith(known)) ?? 'mon'
      const clock = /\d\d:\d\d/.exec(text)?.[0] ?? ''
      const inside = day !== 'sat' && day !== 'sun' && clock >= '08:30' && clock < '18:15'
      expect(afterHours({ zone, from: '08:30', to: '18:15', days })(date.getTime() * 1000)).toBe(!inside)
    }),
  )
})
