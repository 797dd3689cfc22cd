import { importFile } from '/work/main/src-main/importer/importFile.ts'
import { rmSync } from 'node:fs'
const target='/tmp/out.db'; rmSync(target,{force:true})
const s=performance.now(); let peak=0
const r=await importFile({path:process.argv[2]!,name:'x',dialect:{},target},{cancelled:()=>false,progress(){peak=Math.max(peak,process.memoryUsage.rss())}})
console.log((performance.now()-s).toFixed(0),'ms peak MB',(peak/1e6).toFixed(0)); const {columns,...rest}=r
console.log(rest); if(process.argv[3])console.log(columns.map(c=>[c.name,c.type,c.ioc,c.iocsInText.join(),c.timeFormat,c.fields.join(),c.filled].join(' | ')).join('\n'))
