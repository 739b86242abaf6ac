/**
 * Does the virtual clock of the other side tell the truth? Runs programs on gevent's own loop too: where no timers are due
 * together, the order of all that happens must be the same.
 *
 *   node real-clock.ts [--seed S] [--count N] [--python PATH]
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../whole-number.ts'
import { generate } from './generate/generate.ts'
import { limits } from './program.ts'
import { debianPython, whyNoGevent } from './python.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '300' },
    python: { type: 'string', default: debianPython },
  },
})
const seed = wholeNumber('seed', values.seed)
const count = wholeNumber('count', values.count)

const complaint = whyNoGevent(values.python)
if (complaint !== undefined) {
  console.error(complaint)
  process.exit(2)
}
const programs = Array.from({ length: count }, (_, index) => generate(seed, index))
const { status } = spawnSync(
  values.python,
  [fileURLToPath(new URL('python/real_clock.py', import.meta.url))],
  { input: JSON.stringify({ programs, limits }), stdio: ['pipe', 'inherit', 'inherit'] },
)
process.exit(status ?? 1)
