import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Reply, Request, Wire } from '#contract/wire'

/**
 * The bridge between the page and the program: messages both ways, and files by ticket. Nothing of Electron goes through.
 * `offerFile` rejects with a failure {code, message}: plain values cross the bridge whole, errors lose all but their text.
 */
const wire: Wire<File> = {
  send(request: Request) {
    ipcRenderer.send('request', request)
  },
  onReply(listener) {
    const forward = (_event: unknown, reply: Reply) => listener(reply)
    ipcRenderer.on('reply', forward)
    return () => {
      ipcRenderer.removeListener('reply', forward)
    }
  },
  async offerFile(file, name) {
    const answer = await ipcRenderer.invoke('offer', webUtils.getPathForFile(file), name)
    if ('failure' in answer) return Promise.reject(answer.failure)
    return answer.ticket
  },
}

contextBridge.exposeInMainWorld('wire', wire)
