/**
 * Records anew what gevent does with the programs whose traces are kept in traces/.
 *
 *   node record.ts [PYTHON]
 */
import { eventText } from '../differential/compare.ts'
import { debianPython, knownVersion, startPython, whyNoGevent } from './python.ts'
import { keptTraces, recorded } from './traces.ts'

const python = process.argv[2] ?? debianPython
const complaint = whyNoGevent(python)
if (complaint !== undefined) {
  console.error(complaint)
  process.exit(2)
}
const gevent = startPython(python)
for (const one of recorded) {
  const runs = await gevent.run(one.programs)
  keptTraces.write(
    one,
    knownVersion,
    runs.map(({ trace }) => trace.map(eventText)),
  )
  const events = runs.reduce((sum, { trace }) => sum + trace.length, 0)
  console.log(`${one.file}: ${runs.length} programs, ${events} events`)
}
gevent.stop()
