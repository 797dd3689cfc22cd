import type { Connection } from '#contract/connections'

/** What the editor holds; `password` undefined: the one that is kept stays. */
export type Draft = Omit<Connection, 'id' | 'password' | 'createdAt' | 'updatedAt'> & { password?: string }

export const newDraft: Draft = {
  ...{ name: '', url: '', user: 'default', password: '' },
  ...{ processingDatabase: 'ja4_processing', logsDatabase: 'ja4_logs', verifyTls: true, ca: null, allowWrite: false },
  ...{ maxSeconds: 30, maxRowsRead: 2_000_000_000, maxBytesRead: 200_000_000_000, askAboveRows: 50_000_000 },
}

export const draftOf = (connection: Connection): Draft => {
  const { id: _id, password: _password, createdAt: _created, updatedAt: _updated, ...draft } = connection
  return draft
}

/** Why it cannot be saved or tried yet; null when it can. */
export function unfinished(draft: Draft): string | null {
  if (draft.name.trim() === '') return 'It needs a name.'
  if (!/^https?:\/\/[^/?#@\s]+\/?$/i.test(draft.url.trim())) return 'Write the address as https://host:8443.'
  if (draft.user.trim() === '') return 'It needs a user.'
  for (const name of [draft.processingDatabase, draft.logsDatabase])
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'Database names have letters, digits and underscores.'
  return null
}

/** Whether a password that is kept may go where the draft leads. */
export const keepsPassword = (draft: Draft, saved: Connection | null): boolean => {
  if (saved === null || saved.password === 'none') return true
  if (!URL.canParse(draft.url) || saved.password === 'missing') return false
  return new URL(draft.url).origin === new URL(saved.url).origin && draft.user === saved.user
}
