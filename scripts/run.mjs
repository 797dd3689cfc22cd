import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program in the terminal of this one and answers its exit code. Ctrl-C and requests to end are passed on, and
 * this process waits: the child says when it is over.
 */
export function runInTerminal(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    const end = (result) => {
      for (const signal of signals) process.off(signal, pass)
      resolve(result)
    }
    child.once('error', (error) => end({ code: 1, signal: null, error }))
    child.once('close', (code, signal) => end({ code: code ?? 128 + (constants.signals[signal] ?? 0), signal }))
  })
}

/** Runs a program and answers its exit code and what it wrote, both streams in one. `timeout` in milliseconds ends it. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const written = []
    child.stdout.on('data', (bytes) => written.push(bytes))
    child.stderr.on('data', (bytes) => written.push(bytes))
    const output = () => Buffer.concat(written).toString()
    child.once('error', (error) => resolve({ code: 1, output: `${output()}${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output: output() }))
  })
}
