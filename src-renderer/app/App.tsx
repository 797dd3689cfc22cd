import { useEffect, useState } from 'react'
import { BlueprintProvider } from '@blueprintjs/core'
import { QueryClientProvider } from '@tanstack/react-query'
import type { Backend } from '../backend/backend.ts'
import { BackendProvider } from '../backend/BackendContext.ts'
import { followTopics } from '../backend/invalidation.ts'
import { createQueryClient } from '../backend/query.ts'
import { VerdictsProvider } from '../backend/verdicts.tsx'
import { CommandRegistryProvider, createCommandRegistry } from '../state/commands.ts'
import { createPendingFiles } from '../state/pendingFiles.ts'
import { PendingFilesProvider } from '../state/PendingFilesContext.ts'
import { UndoProvider } from '../ui/Undo.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Shell } from './Shell.tsx'
import { WithAppearance } from './WithAppearance.tsx'

/** Everything a window has exactly one of is made here and handed down. */
export function App({ backend }: { backend: Backend }) {
  const [client] = useState(createQueryClient)
  const [registry] = useState(createCommandRegistry)
  const [pendingFiles] = useState(createPendingFiles)
  useEffect(() => followTopics(backend, client), [backend, client])
  return (
    <ErrorBoundary>
      <BackendProvider value={backend}>
        <QueryClientProvider client={client}>
          <CommandRegistryProvider value={registry}>
            <PendingFilesProvider value={pendingFiles}>
              <WithAppearance>
                <BlueprintProvider>
                  <UndoProvider>
                    <VerdictsProvider>
                      <Shell />
                    </VerdictsProvider>
                  </UndoProvider>
                </BlueprintProvider>
              </WithAppearance>
            </PendingFilesProvider>
          </CommandRegistryProvider>
        </QueryClientProvider>
      </BackendProvider>
    </ErrorBoundary>
  )
}
