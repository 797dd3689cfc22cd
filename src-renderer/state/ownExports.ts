// Exports that this window started: their files are for it, other windows and reloaded ones are offered them in the tray.
const own = new Set<string>()

export const rememberExport = (jobId: string): void => void own.add(jobId)
export const isOwnExport = (jobId: string): boolean => own.has(jobId)
