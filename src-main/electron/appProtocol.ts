import type { CustomScheme, Session } from 'electron'
import { pageFile } from '../pageFile.ts'
import { pageHeaders } from '../pagePolicy.ts'
import { PAGE_SCHEME } from './guards.ts'

/** An origin of its own instead of file://, which could read any file of the user. To be registered before the app is ready. */
export const pageScheme: CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** Answers the addresses of the page from the folder of the built page, and no others. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answerPage(request, folder))
}

export async function answerPage(request: Pick<Request, 'url' | 'method'>, folder: string): Promise<Response> {
  const address = URL.parse(request.url)
  const file =
    request.method === 'GET' && address?.host === 'app' ? await pageFile(folder, address.pathname) : undefined
  if (!file) return new Response('There is nothing here.', { status: 404, headers: pageHeaders() })
  return new Response(new Uint8Array(file.bytes), { headers: { ...pageHeaders(), 'Content-Type': file.type } })
}
