import { useEffect, useState } from 'react'
import { useCall } from '../../../backend/query.ts'
import { useCancelCalls } from '../../../backend/useCancelCalls.ts'
import { Action } from '../../../ui/Action.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import type { Network } from './useNetwork.ts'

/** A map that comes sooner needs no word, in milliseconds. */
const SOON_MS = 800
const ASK_MS = 400

/** What is said while a map is counted, with a way to stop it, and once it was stopped. */
export function Counting({ hunt, network }: { hunt: string; network: Pick<Network, 'pending' | 'stopped' | 'retry'> }) {
  const { pending, stopped, retry } = network
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(pending), pending ? SOON_MS : 0)
    return () => clearTimeout(timer)
  }, [pending])
  const { data } = useCall('networkMap.progress', late && !stopped ? { huntId: hunt } : null, { everyMs: ASK_MS })
  const cancel = useCancelCalls()
  if (stopped)
    return (
      <div className="counting" role="status">
        <span>The map was not counted: it was cancelled.</span>
        <Action onClick={retry}>Count it</Action>
      </div>
    )
  if (!late) return null
  const progress = data?.progress
  return (
    <div className="counting" role="status">
      <span>Counting who talks with whom</span>
      {progress && <Progress share={progress.done / progress.total} label="Kinds of edges counted" width={160} />}
      <Action
        onClick={() =>
          cancel('networkMap.build', 'networkMap.neighbours', 'networkMap.edges', 'networkMap.path', 'networkMap.facts')
        }
      >
        Cancel
      </Action>
    </div>
  )
}
