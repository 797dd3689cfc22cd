export function electronRuntime(): string | undefined
export function hasDisplay(): boolean
export function fetchElectronRuntime(): Promise<string | undefined>
