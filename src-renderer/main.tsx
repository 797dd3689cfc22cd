import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@blueprintjs/core/lib/css/blueprint.css'
import './ui/figures.css'
import './ui/tokens.css'
import './ui/blueprint.css'
import './ui/app.css'
import './ui/layout.css'
import './ui/widgets.css'
import './ui/states.css'
import './ui/controls.css'
import './ui/forms.css'
import './app/app.css'
import { App } from './app/App.tsx'
import { createBackend } from './backend/backend.ts'
import { electronWire } from './backend/electronWire.ts'
import { webSocketWire } from './backend/webSocketWire.ts'

const backend = createBackend(window.wire ? electronWire(window.wire) : webSocketWire(location.origin))
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App backend={backend} />
  </StrictMode>,
)
