/**
 * Kills workers of a pool under load, and checks that no job was lost, done twice or settled wrongly.
 *
 *   node cli.ts [--kind threads|processes|both] [--kills N] [--seed S]
 *
 * Exits with 1 if anything was not as promised.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../../whole-number.ts'
import type { Ending } from './ledger.ts'
import { type Proof, prove } from './proof.ts'
import type { Orders } from './talk.ts'

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'both' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
  },
})
const kills = wholeNumber('kills', values.kills)
const seed = wholeNumber('seed', values.seed)
if (!['threads', 'processes', 'both'].includes(values.kind)) {
  console.error(`--kind takes threads, processes or both and got ${values.kind}`)
  process.exit(2)
}
const kinds = values.kind === 'both' ? (['threads', 'processes'] as const) : [values.kind as Orders['kind']]
console.log(`seed ${seed}, ${kills} kills of ${kinds.join(', then of ')}`)

let isSound = true
for (const kind of kinds) {
  const proof = await prove(kind, kills, seed)
  print(proof)
  if (proof.breaches.length > 0) isSound = false
}
if (!isSound)
  console.log(`\nagain: npm run test:kills -- --kind ${values.kind} --kills ${kills} --seed ${seed}`)
process.exit(isSound ? 0 : 1)

function print({ kind, strikes, between, table, jobs, begun, breaches, tookMs }: Proof): void {
  const endings: readonly Ending[] = ['value', 'broken', 'cancelled', 'timed out', 'failed otherwise']
  const struck = [...strikes].map(([how, times]) => `${times} × ${how}`).join(', ')
  console.log(`\n${kind}: in the middle of a job ${struck}; between two jobs ${between}\n`)
  console.log(row(['jobs', ...endings]))
  for (const [job, ends] of [...table].sort()) {
    console.log(row([job, ...endings.map(ending => String(ends.get(ending) ?? 0))]))
  }
  const seconds = (tookMs / 1000).toFixed(1)
  console.log(
    `\n${jobs} jobs, begun ${begun} times, ${breaches.length} breaches of what is promised, ${seconds} s`,
  )
  for (const breach of breaches.slice(0, 20)) console.log(`  ${breach}`)
}

function row([first, ...others]: readonly string[]): string {
  return `  ${(first as string).padEnd(10)}${others.map(text => text.padStart(17)).join('')}`
}
