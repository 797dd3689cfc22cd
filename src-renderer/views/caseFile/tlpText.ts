import type { Tlp as TlpValue } from '#contract/values'

/** What the marking asks of whoever shares the file. */
export const tlpText: Record<TlpValue, string> = {
  RED: 'TLP:RED is for the named recipients only; nobody may pass it on.',
  'AMBER+STRICT': 'TLP:AMBER+STRICT limits sharing to your organisation.',
  AMBER: 'TLP:AMBER limits sharing to your organisation and its clients who need to know.',
  GREEN: 'TLP:GREEN may be shared within the community, not in public.',
  CLEAR: 'TLP:CLEAR may be shared with everybody.',
}
