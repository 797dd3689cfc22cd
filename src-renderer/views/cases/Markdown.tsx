import { Fragment, createContext, use, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { Resolved } from '#contract/cases'
import { useCall } from '../../backend/query.ts'
import { ReferenceLink } from './ReferenceLink.tsx'
import { markdownBlocks, referencesIn, type Block, type Inline } from '../../../src-shared/markdownTree.ts'

/** Lookups take at most so many references at once. */
const REFERENCES_MAX = 500

const Known = createContext<ReadonlyMap<string, Resolved>>(new Map())

/**
 * Text in Markdown as elements of React: there is no HTML in between, so that nothing in a text can be more than text. An
 * address is shown beside its words and opens nothing.
 */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => markdownBlocks(text), [text])
  const references = useMemo(() => referencesIn(blocks).slice(0, REFERENCES_MAX), [blocks])
  const { data } = useCall('cases.resolve', references.length > 0 ? { references } : null)
  const known = useMemo(() => new Map(data?.references.map((one) => [`${one.kind}:${one.target}`, one]) ?? []), [data])
  return (
    <Known value={known}>
      <div className="markdown">
        <Blocks blocks={blocks} />
      </div>
    </Known>
  )
}

const Blocks = ({ blocks }: { blocks: readonly Block[] }) => (
  <>
    {blocks.map((block, n) => (
      <BlockElement key={n} block={block} />
    ))}
  </>
)

function BlockElement({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      // The page has its own headings above: those of a text begin below them.
      const Heading = block.depth === 1 ? 'h4' : block.depth === 2 ? 'h5' : 'h6'
      return (
        <Heading>
          <Inlines parts={block.parts} />
        </Heading>
      )
    }
    case 'paragraph':
      return (
        <p>
          <Inlines parts={block.parts} />
        </p>
      )
    case 'code':
      return <pre className="mono">{block.text}</pre>
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List {...(block.ordered && block.start !== 1 ? { start: block.start } : {})}>
          {block.items.map((item, n) => (
            <li key={n} className={item.checked === null ? undefined : 'markdown-check'}>
              {item.checked !== null && (
                <input type="checkbox" checked={item.checked} disabled aria-label={item.checked ? 'done' : 'open'} />
              )}
              <Blocks blocks={item.blocks} />
            </li>
          ))}
        </List>
      )
    }
    case 'table':
      return (
        <table className="table">
          <thead>
            <tr>
              {block.head.map((cell, n) => (
                <th key={n}>
                  <Inlines parts={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, n) => (
              <tr key={n}>
                {row.map((cell, m) => (
                  <td key={m}>
                    <Inlines parts={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'rule':
      return <hr />
  }
}

const Inlines = ({ parts }: { parts: readonly Inline[] }) => (
  <>
    {parts.map((part, n) => (
      <Fragment key={n}>
        <InlineElement part={part} />
      </Fragment>
    ))}
  </>
)

function InlineElement({ part }: { part: Inline }): ReactNode {
  const known = use(Known)
  switch (part.kind) {
    case 'text':
      return part.text
    case 'strong':
      return (
        <strong>
          <Inlines parts={part.parts} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inlines parts={part.parts} />
        </em>
      )
    case 'del':
      return (
        <del>
          <Inlines parts={part.parts} />
        </del>
      )
    case 'code':
      return <code className="mono">{part.text}</code>
    case 'break':
      return <br />
    case 'address':
      return (
        <>
          <Inlines parts={part.parts} /> <code className="mono t2">{part.href}</code>
        </>
      )
    case 'reference':
      return (
        <ReferenceLink
          kind={part.reference.kind}
          target={part.reference.target}
          place={known.get(`${part.reference.kind}:${part.reference.target}`)}
        />
      )
  }
}
