/** XML 1.0 has no way to write control characters, half surrogates and two code points: what is shown for them instead. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\r\n\t]/g, (char) => `&#${char.charCodeAt(0)};`)
