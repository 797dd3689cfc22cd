import { useMemo } from 'react'
import type { AppError } from '#contract/appError'
import type { Input } from '#contract/contract'
import type { NetworkPicture } from '#contract/networkMap'
import { mapNodeTypes } from '#contract/values'
import { useCall } from '../../../backend/query.ts'
import type { NetworkParams } from './networkParams.ts'

export type NetworkQuestion = Omit<Input<'networkMap.build'>, 'types'>

/** What the calls of the network are asked with, from the URL. */
export function questionOf(hunt: string, { q, from, to, open, nodes, edges }: NetworkParams): NetworkQuestion {
  return {
    huntId: hunt,
    ...(q === '' ? {} : { q }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(open.length === 0 ? {} : { open: [...open] }),
    ...(nodes === null ? {} : { nodesMax: nodes }),
    ...(edges === null ? {} : { edgesMax: edges }),
  }
}

export const typesOf = ({ hidden }: NetworkParams) =>
  hidden.length === 0 || hidden.length === mapNodeTypes.length
    ? {}
    : { types: mapNodeTypes.filter((type) => !hidden.includes(type)) }

export type Network = {
  picture: NetworkPicture | undefined
  failure: AppError | null
  retry: () => void
  pending: boolean
  /** Somebody cancelled it: what is shown, if anything, is of the question before. */
  stopped: boolean
  /** False: the node around which the part should lie is not in the map. */
  found: boolean
}

/** The picture of the network, or of the part around a node. */
export function useNetwork(hunt: string, params: NetworkParams): Network {
  const key = JSON.stringify({ ...questionOf(hunt, params), ...typesOf(params) })
  const input = useMemo<Input<'networkMap.build'>>(() => JSON.parse(key), [key])
  const { around, depth } = params
  const whole = useCall('networkMap.build', around === null ? input : null)
  const part = useCall('networkMap.neighbours', around === null ? null : { ...input, node: around, depth })
  const answer = around === null ? whole : part
  return {
    picture: answer.data,
    failure: answer.error,
    retry: () => void answer.refetch(),
    pending: answer.isPlaceholderData || answer.isPending,
    stopped: (answer.isPlaceholderData || answer.isPending) && answer.fetchStatus === 'idle',
    found: around === null || part.data?.node !== null,
  }
}

/** What narrows the rows, without what is said about the drawing. */
export function narrowedBy({ open: _open, nodesMax: _nodes, edgesMax: _edges, ...rows }: NetworkQuestion) {
  return rows
}
