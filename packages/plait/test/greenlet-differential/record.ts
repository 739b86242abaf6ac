/**
 * Records anew what Python's greenlet does with the programs whose traces are kept in traces/.
 *
 *   node record.ts
 */
import { eventText } from './compare.ts'
import { findPython, runsOnPython } from './python.ts'
import { keptTraces, recorded } from './traces.ts'

const found = findPython()
if (found === undefined) {
  console.error(
    'no Python has greenlet here: install Debian\'s python3-greenlet, or "python3 -m pip install greenlet"',
  )
  process.exit(2)
}
const python = runsOnPython(found.command)
for (const one of recorded) {
  const traces = await python(one.programs)
  keptTraces.write(
    one,
    found.version,
    traces.map(trace => trace.map(eventText)),
  )
  console.log(`${one.file}: ${traces.length} programs, ${traces.flat().length} events`)
}
python.end()
