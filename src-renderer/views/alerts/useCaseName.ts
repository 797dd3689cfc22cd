import { useCall } from '../../backend/query.ts'

export const isCaseId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** Number and title of a case; what is no id of one, or of one that is gone, as it is. */
export function useCaseName(id: string): string {
  const { data } = useCall('cases.get', isCaseId(id) ? { id } : null)
  return data?.id === id ? `${data.number} ${data.title}` : id
}
