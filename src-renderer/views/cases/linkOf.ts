import type { CaseLink, LinkInput } from '#contract/cases'

/** A link as it is written: to be put back after it was taken out, or changed. */
export function linkOf({ kind, target, note, iocType, verdict, verdictFrom }: CaseLink): LinkInput | null {
  if (kind === 'ioc')
    return {
      ...{ kind, target, note, verdict: verdictFrom === 'case' ? verdict : null },
      ...(iocType === null ? {} : { type: iocType }),
    }
  return { kind, target, note }
}
