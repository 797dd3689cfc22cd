import type { Autostart } from './autostart.ts'
import { fileAutostarts } from './fileAutostarts.ts'
import { registryAutostarts } from './registryAutostarts.ts'
import { registrySettings } from './registrySettings.ts'

/** Every place the persistence analyzer looks at. */
export const autostarts: readonly Autostart[] = [...registryAutostarts, ...registrySettings, ...fileAutostarts]
