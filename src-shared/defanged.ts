/** An indicator that nobody opens by accident: `hxxps://evil[.]example`, `198.51.100[.]7`, `a[@]evil[.]example`. */
export function defanged(value: string): string {
  const scheme = /^(https?|ftps?):\/\//i.exec(value)
  if (scheme) {
    const [whole = '', name = ''] = scheme
    return `${name.replace(/tt/i, 'xx').replace(/^ftp/i, 'fxp')}://${defanged(value.slice(whole.length))}`
  }
  const cut = value.search(/[/?#]/)
  const [host, rest] = cut < 0 ? [value, ''] : [value.slice(0, cut), value.slice(cut)]
  const dot = host.lastIndexOf('.')
  const at = dot >= 0 ? dot : host.includes(':') ? host.lastIndexOf(':') : -1
  const broken = at < 0 ? host : `${host.slice(0, at)}[${host.slice(at, at + 1)}]${host.slice(at + 1)}`
  return broken.replace('@', '[@]') + rest
}
