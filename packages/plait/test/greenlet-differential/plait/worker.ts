import { readFileSync } from 'node:fs'
import nodeModule, { registerHooks } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { transform } from '../../../../colorless/src/transform/transform.ts'
import type { Program } from '../program.ts'
import type { Writing } from './world.ts'

/*
 * A process that runs programs: batches of them come in, a line each, and go out as traces. The plain bodies are loaded
 * through the colorless transform.
 */

const runtime = new URL('../../../src/twins.ts', import.meta.url).href
const plain = new URL('plain/', import.meta.url).href

// Node warns that what leaves types out may change.
process.removeAllListeners('warning')
registerHooks({
  load(url, context, next) {
    if (!url.startsWith(plain)) return next(url, context)
    const script = nodeModule.stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'), {
      mode: 'strip',
    })
    const source = transform(script, { filename: fileURLToPath(url), format: 'module', runtime }).code
    return { format: 'module', source, shortCircuit: true }
  },
})

const { runOnPlait } = await import('./run.ts')

interface Batch {
  readonly programs: readonly Program[]
  readonly writing: Writing
}

for await (const line of createInterface({ input: process.stdin })) {
  const { programs, writing } = JSON.parse(line) as Batch
  const traces: unknown[] = []
  for (const program of programs) traces.push(await runOnPlait(program, writing))
  process.stdout.write(`${JSON.stringify(traces)}\n`)
}
