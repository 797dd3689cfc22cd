import { AppError } from '#contract/appError'

/** The two databases of a SOC server: `logs` holds what was seen, `processing` what was made of it. */
export type SocDatabases = { processing: string; logs: string }

export const DEFAULT_DATABASES: SocDatabases = { processing: 'ja4_processing', logs: 'ja4_logs' }

/** Longest name that ClickHouse keeps as a folder on every file system. */
const NAME_LENGTH_MAX = 120

/** A name that needs no quotes anywhere in a statement. */
export const isDatabaseName = (name: string): boolean =>
  name.length <= NAME_LENGTH_MAX && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)

/** The statement with the names in place of `$processing` and `$logs`. AppError 'invalid-input' for any other kind of name. */
export function withDatabases(sql: string, databases: SocDatabases): string {
  for (const path of ['processing', 'logs'] as const)
    if (!isDatabaseName(databases[path]))
      throw new AppError('invalid-input', 'A database name has letters, digits and _ only, and begins with no digit.', {
        path,
      })
  return sql.replaceAll('$processing', databases.processing).replaceAll('$logs', databases.logs)
}
