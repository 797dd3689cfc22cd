import type { BrowserWindowConstructorOptions } from 'electron'

/** Every screen is useful at 1280x720; below this the navigation and the record pane no longer fit side by side. */
const WIDTH_MIN = 900
const HEIGHT_MIN = 560

/** The dark surface of tokens.css, so that the window does not flash white while the page loads. */
const BACKGROUND = '#111418'

/**
 * A sandboxed page that sees nothing of Node and reaches the program through the preload only. Some of these are defaults
 * of Electron; they are written down because the safety of the program rests on them.
 */
export const windowOptions = (preload: string, developing: boolean) =>
  ({
    title: 'Huntbench',
    width: 1440,
    height: 900,
    minWidth: WIDTH_MIN,
    minHeight: HEIGHT_MIN,
    show: false,
    backgroundColor: BACKGROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: developing,
      // The spelling checker fetches its dictionaries from the network.
      spellcheck: false,
    },
  }) satisfies BrowserWindowConstructorOptions
