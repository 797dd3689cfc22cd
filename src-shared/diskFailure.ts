import { AppError } from '#contract/appError'

/** Failures of the file system while a file is written, for the person who exports: AppError 'disk-full' or 'unreadable-file'; anything else as it is. */
export function diskFailure(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AppError('disk-full', 'The disk is full. Nothing was written; free some space and export again.')
  if (
    code === 'ENOENT' ||
    code === 'ENOTDIR' ||
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code === 'EISDIR'
  )
    return new AppError('unreadable-file', `${path} cannot be written: ${String(code)}. Nothing was written.`)
  return error
}
