import { importInto, startProduct } from './product.ts'

// One import in a process of its own, so that its time and memory can be measured from outside.
const path = process.argv[2]
if (path === undefined) throw new Error('Which file?')
const product = await startProduct()
const { rows, quarantined } = await importInto(product, path)
await product.close()
const wanted = Number(process.argv[3] ?? rows)
if (rows + quarantined !== wanted) throw new Error(`${rows} rows and ${quarantined} quarantined, expected ${wanted}`)
