import { expect, test } from 'vitest'
import { soughtWords } from './soughtWords.ts'

test('words and phrases that a query seeks in any cell are marked; fields, networks, expressions and what is left out are not', () => {
  expect(soughtWords('certutil "Delete Shadows" NOT benign -calm username:admin pow*shell.exe')).toEqual([
    'certutil',
    'delete shadows',
    'pow',
    'shell.exe',
  ])
  expect(soughtWords('(Mimikatz OR sekurlsa) AND 10.0.0.0/8 /net1? +user/ [1 TO 5] "" *')).toEqual([
    'mimikatz',
    'sekurlsa',
  ])
})
