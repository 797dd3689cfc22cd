/**
 * TLS fingerprints that stand for real programs: the JA4 column of ja4plus-mapping.csv in FoxIO-LLC/ja4 at commit
 * 0e54bc8371de34df94a35f2442c05bda2e8b2034, under the BSD 3-Clause licence (NOTICE.md). What the same programs say in HTTP/2 is
 * common knowledge: settings|window update|priority|order of pseudo headers.
 */
export const JA4 = {
  chrome: 't13d1516h2_8daaf6152771_02713d6af862',
  chromeNewer: 't13d1517h2_8daaf6152771_b0da82dd1658',
  chromeNewest: 't13d1517h2_8daaf6152771_b1ff8ab2d16f',
  chromeQuic: 'q13d0312h3_55b375c5d22e_06cda9e17597',
  firefox: 't13d1715h2_5b57614c22b0_7121afd63204',
  safari: 't13d2014h2_a09f3c656075_14788d8d241b',
  python: 't13d181000_85036bcba153_d41ae481755e',
  pythonUrllib: 't13d4312h1_c7886603b240_b26ce05bbdd6',
  go: 't13d191000_9dc949149365_e7c285222651',
  goHttp2: 't13d1412h2_e33ad33b3d25_6b314db333b6',
  sliver: 't13d190900_9dc949149365_97f8aa674fd9',
  wininet: 't12d190800_d83cc789557e_7af1ed941c26',
  cobaltStrike: 't12d190800_d83cc789557e_16bbda4055b2',
  icedId: 't13d201100_2b729b4bf6f3_9e7b989ebec8',
} as const

export const H2 = {
  chrome: '1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p',
  firefox: '1:65536;2:0;4:131072;5:16384|12517377|0|m,p,a,s',
  safari: '4:4194304;3:100|10485760|0|m,s,p,a',
  go: '2:0;4:4194304;6:10485760|1073741824|0|a,m,p,s',
  /** A tool that sends no window update. */
  tool: '3:100;4:65535|0|0|m,p,a,s',
} as const

/** What a program shows of itself on the wire. */
export type Fingerprint = {
  /** Empty: no browser. */
  family: '' | 'Chrome' | 'Firefox' | 'Safari' | 'Edge'
  ja4: string
  h2: string
  userAgent: string
  /** The value of sec-ch-ua; only Chromium sends it. */
  brands: string
  platform: string
}

const CHROMIUM = '"Chromium";v="142", "Not_A Brand";v="99"'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const chrome = (system: string, version: number): string =>
  `${system} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`
const one = (
  family: Fingerprint['family'],
  ja4: string,
  h2: string,
  userAgent: string,
  platform = '',
): Fingerprint => ({
  family,
  ja4,
  h2,
  userAgent,
  brands: family === 'Chrome' || family === 'Edge' ? CHROMIUM : '',
  platform,
})

export const BROWSERS: readonly Fingerprint[] = [
  one('Chrome', JA4.chromeNewest, H2.chrome, chrome(windows, 142), '"Windows"'),
  one('Chrome', JA4.chromeNewer, H2.chrome, chrome(mac, 138), '"macOS"'),
  one('Chrome', JA4.chrome, H2.chrome, chrome('Mozilla/5.0 (X11; Linux x86_64)', 120), '"Linux"'),
  one(
    'Firefox',
    JA4.firefox,
    H2.firefox,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  ),
  one('Safari', JA4.safari, H2.safari, `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`),
]

export const TOOLS = {
  python: one('', JA4.python, '', 'python-requests/2.32.3'),
  urllib: one('', JA4.pythonUrllib, '', 'Python-urllib/3.12'),
  go: one('', JA4.go, '', 'Go-http-client/1.1'),
  /** Says it is Chrome, in HTTP/2 too, over the TLS of Go. */
  goAsChrome: one('', JA4.goHttp2, H2.go, chrome(windows, 142)),
  /** Chrome by its TLS, no browser by its HTTP/2: a library that copies handshakes. */
  mimic: one('Chrome', JA4.chromeNewest, H2.go, chrome(windows, 142)),
  /** A real Chrome without a window. */
  headless: one(
    'Chrome',
    JA4.chromeNewer,
    H2.chrome,
    chrome('Mozilla/5.0 (X11; Linux x86_64)', 138).replace('Chrome/', 'HeadlessChrome/'),
  ),
  googlebot: one('', JA4.chrome, H2.chrome, 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
} as const satisfies Record<string, Fingerprint>
