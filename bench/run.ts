// Compares Plait with its floor and its peers on this machine, in one run: see README.md.
import { writeFileSync } from 'node:fs'
import { isAcceptable, judge } from './judge.ts'
import { showMachine, thisMachine } from './machine.ts'
import { type Options, readRequest, usage } from './options.ts'
import type { Results } from './results.ts'
import { runCase } from './rounds.ts'
import { showCase, showVerdicts } from './table.ts'
import { readTargets, targets } from './targets.ts'

const request = readRequest(process.argv.slice(2))
switch (request.kind) {
  case 'help':
    console.log(usage)
    break
  case 'mistake':
    console.error(request.line)
    process.exitCode = 2
    break
  case 'run':
    process.exitCode = await bench(request.options)
}

async function bench(options: Options): Promise<number> {
  const { chosen, rounds, isQuick, isCheck, targetsFile, jsonFile } = options
  const judged = targetsFile === undefined ? targets : readTargets(targetsFile)
  if (typeof judged === 'string') {
    console.error(judged)
    return 2
  }
  const machine = thisMachine()
  console.log(showMachine(machine))
  console.log(`${rounds} rounds, a fresh process for each side in each; medians of all repetitions`)
  if (isQuick) console.log('quick: sizes are too small to say anything about speed')

  const stop = new AbortController()
  let code = 0
  for (const [signal, end] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      code = end
      stop.abort()
    })
  }
  const all: Results = { rows: [], gaps: [] }
  for (const one of chosen) {
    const results = await runCase(one, { rounds, isQuick, signal: stop.signal, onProgress: showProgress })
    showProgress('')
    if (stop.signal.aborted) return code
    all.rows.push(...results.rows)
    all.gaps.push(...results.gaps)
    console.log(showCase(one, results))
  }

  const verdicts = isCheck ? judged.map(target => judge(target, all)) : []
  if (isCheck) console.log(showVerdicts(verdicts))
  if (jsonFile !== undefined) {
    writeFileSync(
      jsonFile,
      `${JSON.stringify({ machine, rounds, isQuick, ...all, verdicts }, undefined, 1)}\n`,
    )
  }
  return isAcceptable(verdicts) ? 0 : 1
}

/** One line, overwritten, for whoever watches; nothing where the output is kept. */
function showProgress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`)
}
