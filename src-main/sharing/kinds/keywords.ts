import { keywordKinds, themeColours } from '#contract/values'
import { z } from 'zod'
import { created, flag, id, oneOf, updated, uuid, word, type Kind } from '../kind.ts'

/** Themes that people made; those of the program are everywhere. */
export const themes: Kind = {
  noun: 'themes',
  table: 'keyword_themes',
  scope: 't.builtin IS NULL',
  title: 'name',
  columns: {
    id,
    name: { check: word.min(1), rule: 'newer' },
    colour: { check: oneOf(themeColours), rule: 'newer' },
    enabled: { check: flag, rule: 'newer' },
    created_at: created,
    updated_at: updated,
  },
}

export const keywords: Kind = {
  noun: 'keywords',
  table: 'keywords',
  scope: 't.theme_id IN (SELECT id FROM keyword_themes WHERE builtin IS NULL)',
  title: 'text',
  columns: {
    id,
    theme_id: { check: uuid, refers: 'themes', needed: true },
    kind: { check: oneOf(keywordKinds), rule: 'newer' },
    text: { check: z.string().min(1).max(1_000), rule: 'newer' },
    enabled: { check: flag, rule: 'newer' },
    created_at: created,
  },
  sameAs: ['theme_id', 'kind', 'text'],
}
