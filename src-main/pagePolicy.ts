/** The style sheet of reports (reporting/html.ts), which are shown in a frame before they are written. */
const REPORT_STYLE = 'sha256-GjxvZjr40UBrgtaL+L0mwvDl7QU4trMlA7ppnhR2+HQ='

/**
 * What the page may do, the same in every shell: run the program's own scripts, talk to its own origin, nothing else.
 *
 * `style-src-attr 'unsafe-inline'`: ECharts builds its HTML tooltips as markup with style attributes. Style elements and
 * foreign sheets stay forbidden; React, Blueprint and the virtual table set styles through the DOM, which no policy touches.
 * `connect` names what `'self'` does not cover in every browser: the WebSocket of the headless shell.
 */
export const contentSecurityPolicy = (connect: string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' '${REPORT_STYLE}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Sent with every answer that a browser may show. */
export const pageHeaders = (connect: string[] = []): Record<string, string> => ({
  'Content-Security-Policy': contentSecurityPolicy(connect),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), midi=(), payment=(), clipboard-read=(), clipboard-write=(self)',
})
