import type { SafeStorage } from 'electron'
import { noSecrets } from '../noSecrets.ts'
import type { Ports } from '../ports.ts'

/**
 * Secrets sealed with the key ring of the system. Linux without one would "encrypt" with a password written in Chromium's
 * source: that counts as no key ring.
 */
export function systemSecrets(storage: SafeStorage, platform: NodeJS.Platform): Ports['secrets'] {
  const real = platform !== 'linux' || storage.getSelectedStorageBackend() !== 'basic_text'
  if (!real || !storage.isEncryptionAvailable()) return noSecrets
  return {
    available: true,
    seal: (text) => storage.encryptString(text).toString('base64'),
    open: (sealed) => storage.decryptString(Buffer.from(sealed, 'base64')),
  }
}
