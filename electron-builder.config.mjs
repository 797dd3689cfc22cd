/**
 * How the program is packed. `npm run package` builds for the machine it runs on; the Electron runtime is fetched then.
 *
 * Only what runs is packed: the three builds in out/, the runtime packages, and of better-sqlite3 the one prebuilt binary
 * of the target (it is Node-API, so nothing is compiled here and `npmRebuild` stays off).
 *
 * @type {import('electron-builder').Configuration}
 */
export default {
  appId: 'org.huntbench.workstation',
  productName: 'Huntbench',
  copyright: 'Copyright © 2026 The Huntbench authors',
  // A deb must name a page. There is none yet, so it names one that can never be registered by somebody else.
  extraMetadata: { homepage: 'https://huntbench.invalid/', desktopName: 'huntbench.desktop' },
  directories: { output: 'dist', buildResources: 'resources/icons' },

  files: [
    'out/**',
    'package.json',
    '!**/*.{map,ts,mts,cts,md}',
    '!**/node_modules/*/{test,tests,docs,example,examples}/**',
    // The sources of SQLite. Which binaries stay out is said per platform below: `${platform}` here would be the machine that
    // packs, not the one packed for. Of node_modules only exclusions count.
    '!node_modules/better-sqlite3/{deps,src,build}/**',
    '!node_modules/better-sqlite3/binding.gyp',
    // Only needed to compile better-sqlite3.
    '!node_modules/node-addon-api/**',
  ],
  extraResources: [
    // Beside app.asar, so that worker threads and the operating system read them as ordinary files.
    { from: 'resources', to: '.', filter: ['**/*', '!icons/**'] },
    { from: 'resources/icons', to: 'icons', filter: ['256x256.png'] },
    'LICENSE',
    'NOTICE.md',
  ],
  asar: true,
  // A native module is loaded by the operating system, which cannot look into an archive.
  // Fonts of PDFs are read by a thread.
  asarUnpack: ['node_modules/better-sqlite3/**', 'node_modules/pdfmake/build/fonts/**'],
  npmRebuild: false,
  electronLanguages: ['en-US'],
  // No update channel: the program asks the network for nothing.
  publish: null,

  // Switches burnt into the runtime. What is off here cannot be turned on by an environment variable or an argument.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },

  fileAssociations: [
    {
      ext: 'huntcase',
      name: 'Huntbench case file',
      description: 'Huntbench case file',
      mimeType: 'application/vnd.huntbench.case',
      role: 'Editor',
    },
  ],

  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  linux: {
    files: ['!node_modules/better-sqlite3/prebuilds/!(linux-${arch}).node'],
    target: ['AppImage', 'deb'],
    icon: 'resources/icons',
    category: 'Utility',
    executableName: 'huntbench',
    // The desktop finds the icon of a running window by this name.
    syncDesktopName: true,
    synopsis: 'A workstation for threat hunters',
    maintainer: 'The Huntbench authors',
  },
  deb: { packageCategory: 'utils' },
  win: {
    files: ['!node_modules/better-sqlite3/prebuilds/!(win32-${arch}).node'],
    target: ['nsis', 'portable'],
    icon: 'resources/icons/256x256.png',
  },
  // Windows keeps file associations only for programs installed for everyone.
  nsis: {
    oneClick: false,
    perMachine: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  portable: { artifactName: '${productName}-${version}-${os}-${arch}-portable.${ext}' },
  mac: {
    files: ['!node_modules/better-sqlite3/prebuilds/!(darwin-${arch}).node'],
    target: ['dmg'],
    icon: 'resources/icons/1024x1024.png',
    category: 'public.app-category.utilities',
    hardenedRuntime: true,
  },
}
