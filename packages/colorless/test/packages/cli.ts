// Runs real packages through the transform, and shows what came of it.
import { parseArgs } from 'node:util'
import { PACKAGES, WAYS } from './list.ts'
import { faults, type Measured, measure } from './measure.ts'
import { showPackage, tableHead } from './table.ts'

const usage = `node packages/colorless/test/packages/cli.ts [--package NAME]… [--big] [--why] [--builtins] [--closed]

  --package NAME  one of ${PACKAGES.join(', ')}; all of them without it
  --big           more input
  --why           who is entered plainly most often inside a greenlet, and by whom; slow
  --builtins      methods named as the language's own are taken for these
  --closed        methods that only one module defines are taken to be no others`

const SHOWN_OF_ERROR = 14

const { values } = parseArgs({
  options: {
    package: { type: 'string', multiple: true, default: [...PACKAGES] },
    big: { type: 'boolean', default: false },
    why: { type: 'boolean', default: false },
    builtins: { type: 'boolean', default: false },
    closed: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) console.log(usage)
else {
  console.log(tableHead)
  for (const name of values.package) if (!(await show(name))) process.exitCode = 1
}

async function show(name: string): Promise<boolean> {
  const { builtins, closed, big, why } = values
  const ways = why ? (['inside'] as const) : WAYS
  let measured: Measured
  try {
    measured = await measure({ name, scale: big ? 2 : 1, ways, assume: { builtins, closed }, isAsking: why })
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1, SHOWN_OF_ERROR)
    console.log(`  !! ${name} broke down\n${lines.join('\n')}`)
    return false
  }
  const { untransformed, report } = measured
  console.log(showPackage(measured, ways))
  const wrong = ways.flatMap(way =>
    faults(way, report.runs[way], untransformed).map(fault => `  !! ${way}: ${fault}`),
  )
  for (const line of wrong) console.log(line)
  for (const line of report.callers ?? []) console.log(`  ${line}`)
  return wrong.length === 0
}
