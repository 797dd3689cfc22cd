import type { IocType } from '#contract/values'
import { useVerdict } from '../../backend/verdicts.tsx'
import { CellText } from '../../grid/CellText.tsx'
import { entityOf } from '../../ui/EntityMark.tsx'
import { VerdictMark } from '../../ui/VerdictMark.tsx'
import type { Tokenizer } from './iocTokens.ts'

export function IocSpan({ type, text }: { type: IocType; text: string }) {
  const verdict = useVerdict(text)
  return (
    <span className="ioc" data-ioc={entityOf(type)}>
      {verdict && <VerdictMark verdict={verdict} word={false} />}
      <CellText text={text} />
    </span>
  )
}

/** A cell of a column of indicators, with the mark of what lists say. */
export function IocCell({ text, width, cut }: { text: string; width?: number; cut?: 'start' | 'end' }) {
  const verdict = useVerdict(text)
  return (
    <>
      {verdict && <VerdictMark verdict={verdict} word={false} />}
      <CellText text={text} {...(width === undefined ? {} : { width })} {...(cut === undefined ? {} : { cut })} />
    </>
  )
}

/** Text with its indicators tinted. At most `max` characters are drawn. */
export function IocText({ text, tokens, max }: { text: string; tokens: Tokenizer; max: number }) {
  const cut = text.length > max ? text.slice(0, max) : text
  return tokens(cut).map((token, n) =>
    token.ioc ? <IocSpan key={n} type={token.ioc} text={token.text} /> : <CellText key={n} text={token.text} />,
  )
}
