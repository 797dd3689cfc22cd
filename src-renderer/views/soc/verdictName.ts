import { capitalised } from '../../ui/capitalised.ts'

/** "false_positive" is "False positive". */
export const verdictName = (classification: string): string =>
  classification === 'bot' ? 'Known bot' : capitalised(classification.replaceAll('_', ' '))
