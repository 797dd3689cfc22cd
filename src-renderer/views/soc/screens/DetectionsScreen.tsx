import { PanelTable } from '../PanelTable.tsx'

/** What only the record shows; the grid has room for what is compared. */
const RECORD_ONLY = ['reason', 'model_name', 'recurrence', 'fuzzing_index', 'hit_velocity']

/** What the models called anomalous: filtered, sorted, opened, exported. */
export const DetectionsScreen = () => <PanelTable panel="detections" noun="detection" hide={RECORD_ONLY} />
