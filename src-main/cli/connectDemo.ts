import { contract } from '#contract/contract'
import type { Demo } from '../app.ts'
import type { Caller } from './caller.ts'

const NAME = 'Demo'

/** Makes the connection to the demo, or sends an older one of its name there; answers what was done. */
export async function connectDemo(caller: Caller, { url, user, databases }: Demo): Promise<string> {
  const { connections } = contract['connections.list'].output.parse(await caller.call('connections.list', {}))
  const connection = {
    name: NAME,
    url,
    user,
    password: '',
    processingDatabase: databases.processing,
    logsDatabase: databases.logs,
    allowWrite: true,
  }
  const known = connections.find(({ name }) => name === NAME)
  if (known) await caller.call('connections.update', { id: known.id, connection })
  else await caller.call('connections.create', { connection })
  return `Connection  ${NAME}, in the SOC console of the workspace`
}
