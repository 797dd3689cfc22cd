import { RE2JS } from 're2js'
import { cidrOf, inCidr } from '../predicate/cidr.ts'
import { inAnyCase } from '../predicate/fold.ts'
import type { Test } from '../predicate/predicate.ts'
import { wildcardRegex } from '../predicate/wildcard.ts'

/** A long match asks now and then whether to go on: answers a text that does so while it is read, or the text itself. */
export type Watch = (text: string) => string

/** A test of the predicate tree for one text, with the same meaning as in SQLite; for values that no column holds. */
export function textTest(test: Test, watch: Watch = (text) => text): (text: string) => boolean {
  const matching = (source: string): ((text: string) => boolean) => {
    const regex = RE2JS.compile(source)
    return (text) => regex.test(watch(text))
  }
  switch (test.kind) {
    case 'equals': {
      if (test.text === '') return (text) => text === ''
      const same = matching(`^(?:${inAnyCase(test.text)})$`)
      return (text) => text.length === test.text.length && same(text)
    }
    case 'contains':
      return test.text === '' ? () => true : matching(inAnyCase(test.text))
    case 'wildcard':
      return matching(`^(?:${wildcardRegex(test.pattern)})$`)
    case 'regex':
      return matching(`(?i)${test.source}`)
    case 'cidr': {
      const network = cidrOf(test.network)
      return (text) => network !== null && inCidr(text, network)
    }
    case 'exists':
      return (text) => text !== ''
    case 'range':
      return () => false
  }
}
