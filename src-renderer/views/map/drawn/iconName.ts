import type { MapIcon } from '#contract/values'
import { capitalised } from '../../../ui/capitalised.ts'

const names: Partial<Record<MapIcon, string>> = { url: 'URL', ja4: 'JA4', email: 'E-mail' }

export const iconName = (icon: MapIcon): string => names[icon] ?? capitalised(icon)
