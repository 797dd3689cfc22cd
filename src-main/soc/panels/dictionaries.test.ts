import { expect, it } from 'vitest'
import { describeConsole } from '../testing/describeConsole.ts'
import { dictionaries } from './dictionaries.ts'

describeConsole('dictionaries', (soc) => {
  it('are all listed with what is loaded', async () => {
    const found = (await soc().ask(dictionaries))['rows']?.rows ?? []
    expect(found.map((row) => row['name'])).toEqual([
      ...['dict_anubis_asn', 'dict_anubis_ip', 'dict_asn_reputation', 'dict_bot_ip', 'dict_bot_ja4'],
      ...['dict_browser_h2', 'dict_browser_ja4', 'dict_iplocate_asn'],
    ])
    expect(found.find((row) => row['name'] === 'dict_bot_ja4')).toMatchObject({
      ...{ status: 'LOADED', element_count: soc().demo.answers.lists['ref_bot_ja4'], attributes: 'bot_name' },
    })
  })
})
