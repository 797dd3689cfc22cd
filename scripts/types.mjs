// The types of every folder by the configuration of its own. One process reads what several folders share once, and looks at
// each file in its own folder only; `tsc -p FOLDER` says the same of it.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './paths.mjs'

const ts = createRequire(import.meta.url)('typescript')
const folders = ['src-main', 'src-preload', 'src-preload/contract', 'src-renderer', 'e2e', 'test', 'bench']

const format = { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => '\n' }
const system = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic(fault) {
    throw new Error(ts.formatDiagnostic(fault, format))
  },
}

/** Files that are read, by name and how they are to be understood. */
const read = new Map()
function compilerHost(options) {
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, how, ...rest) => {
    const key = `${name} ${JSON.stringify(how)}`
    if (!read.has(key)) read.set(key, getSourceFile(name, how, ...rest))
    return read.get(key)
  }
  return host
}

function faultsOf(folder) {
  const config = join(root, folder, 'tsconfig.json')
  const whole = { incremental: false, tsBuildInfoFile: undefined }
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(config, whole, system)
  const program = ts.createProgram({ rootNames: fileNames, options, host: compilerHost(options) })
  const own = new Set(fileNames)
  const files = program.getSourceFiles().filter(({ fileName }) => own.has(fileName))
  return [
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ]
}

const faults = folders.flatMap(faultsOf)
process.stdout.write(ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(faults), format))
process.exitCode = faults.length === 0 ? 0 : 1
