import { importFile } from './importer/importFile.ts'
import { rmSync, readdirSync, existsSync } from 'node:fs'
import { AppError } from '#contract/appError'
import Database from 'better-sqlite3'
const root='../shared/evidence'
const filter=process.argv[2]??''
for (const e of readdirSync(root,{recursive:true,withFileTypes:true})) {
  if(!e.isFile()) continue
  const path=e.parentPath+'/'+e.name
  if(!path.includes(filter)) continue
  const target='/tmp/evi.db'; rmSync(target,{force:true})
  const s=performance.now()
  try {
    const r=await importFile({path,name:'x',dialect:{},target},{cancelled:()=>false,progress(){}})
    const ms=performance.now()-s
    let q=''
    if(r.quarantined) { const db=new Database(target,{readonly:true}); q=(db.prepare('select reason,line from quarantine limit 3').all() as {reason:string,line:number}[]).map(x=>x.line+': '+x.reason).join(' / ');db.close() }
    console.log([path.slice(root.length+1), r.encoding, JSON.stringify(r.delimiter)+r.quote, r.header?'H'+r.headerLine:'-', r.columns.length+'c', r.rows, r.quarantined, ms>500?ms.toFixed(0)+'ms':'', r.timeColumn??'', q, r.warnings.slice(0,2).join(' | ')].join('\t'))
  } catch(error) { console.log(path.slice(root.length+1)+'\tERR', error instanceof AppError? error.code+' '+error.message : error, existsSync(target)?'TARGET LEFT':'') }
}
