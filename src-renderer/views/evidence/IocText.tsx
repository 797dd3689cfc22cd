import type { IocType } from '#contract/values'
import { CellText } from '../../grid/CellText.tsx'
import { entityOf } from '../../ui/EntityMark.tsx'
import type { Tokenizer } from './iocTokens.ts'

export const IocSpan = ({ type, text }: { type: IocType; text: string }) => (
  <span className="ioc" data-ioc={entityOf(type)}>
    <CellText text={text} />
  </span>
)

/** Text with its indicators tinted. At most `max` characters are drawn. */
export function IocText({ text, tokens, max }: { text: string; tokens: Tokenizer; max: number }) {
  const cut = text.length > max ? text.slice(0, max) : text
  return tokens(cut).map((token, n) =>
    token.ioc ? <IocSpan key={n} type={token.ioc} text={token.text} /> : <CellText key={n} text={token.text} />,
  )
}
