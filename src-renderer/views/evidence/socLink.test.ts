import { expect, it } from 'vitest'
import { socLink } from './socLink.ts'

it('what the SOC console knows by leads there, and nothing else', () => {
  // The route that is carried along is the one of the page.
  globalThis.location ??= { hash: '' } as Location
  expect(socLink('198.41.0.4')).toBe('/soc/address/198.41.0.4')
  expect(socLink('2001:db8::1')).toMatch(/^\/soc\/address\/2001/)
  expect(socLink('t13d1516h2_8daaf6152771_02713d6af862')).toBe('/soc/ja4/t13d1516h2_8daaf6152771_02713d6af862')
  expect(socLink('shop.example.com')).toBe('/soc/detections?search=shop.example.com')
  for (const none of ['12:30', '', 'certutil', 'a b.com', '4624', 'C:\\x.exe', 'T1059.001'])
    expect([none, socLink(none)]).toEqual([none, null])
})
