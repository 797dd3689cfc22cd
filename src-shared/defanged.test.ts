import { expect, it } from 'vitest'
import { defanged } from './defanged.ts'

it.each([
  ['https://evil.example/a.b?c=d.e', 'hxxps://evil[.]example/a.b?c=d.e'],
  ['FTP://evil.example', 'fxp://evil[.]example'],
  ['198.51.100.7', '198.51.100[.]7'],
  ['2001:db8::7', '2001:db8:[:]7'],
  ['a@evil.example', 'a[@]evil[.]example'],
  ['d131474d27aff8bfb068489636aee570', 'd131474d27aff8bfb068489636aee570'],
  ['', ''],
])('nobody opens %s by accident', (value, expected) => {
  expect(defanged(value)).toBe(expected)
})
