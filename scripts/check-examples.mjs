// Runs each program of examples/tutorial with `plait run`, on the built package, and compares what it prints with
// the .txt file of the same name; those of plain functions with --colorless. Names on the command line choose among them: npm run check:examples -- grep
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './runtime.mjs'

const atOnce = 2
const limitMs = 60_000

const folder = join(root, 'examples/tutorial')
const command = join(root, 'packages/plait/bin/plait.js')
const chosen = process.argv.slice(2)
const names = readdirSync(folder)
  .filter(file => file.endsWith('.ts'))
  .map(file => file.slice(0, -'.ts'.length))
  .filter(name => chosen.length === 0 || chosen.some(part => name.includes(part)))
if (names.length === 0) {
  console.error(
    chosen.length === 0 ? `no examples in ${folder}` : `no example is named like ${chosen.join(', ')}`,
  )
  process.exit(1)
}

const waiting = [...names]
let failed = 0
await Promise.all(Array.from({ length: atOnce }, work))
for (const name of orphans()) complain(name, `${name}.txt belongs to no example`)
console.log(`${names.length} examples, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const complaint = await check(name)
    if (complaint === undefined) console.log(`ok    ${name}`)
    else complain(name, complaint)
  }
}

function complain(name, complaint) {
  failed += 1
  console.log(`FAIL  ${name}: ${complaint}`)
}

async function check(name) {
  const record = join(folder, `${name}.txt`)
  if (!existsSync(record)) return `there is no ${name}.txt to compare with`
  const { code, stdout, stderr } = await runExample(join(folder, `${name}.ts`))
  if (code !== 0) return `ended with ${code}\n${stdout}${stderr}`
  if (stderr !== '') return `wrote to stderr\n${stderr}`
  return stdout === readFileSync(record, 'utf8')
    ? undefined
    : `prints something else\n${difference(record, stdout)}`
}

function runExample(file) {
  const options = { cwd: root, timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 }
  return new Promise(resolve => {
    const flags = file.endsWith('-plain.ts') ? ['--colorless'] : []
    execFile(process.execPath, [command, 'run', ...flags, file], options, (error, stdout, stderr) => {
      const end = error?.killed ? `a kill after ${limitMs / 1000} s` : (error?.signal ?? error?.code ?? 0)
      resolve({ code: end, stdout, stderr })
    })
  })
}

// git is on every machine that has a clone.
function difference(record, printed) {
  const aside = mkdtempSync(join(tmpdir(), 'plait-example-'))
  try {
    const file = join(aside, 'printed.txt')
    writeFileSync(file, printed)
    const flags = ['diff', '--no-index', '--no-color', '--', record, file]
    return spawnSync('git', flags, { encoding: 'utf8' }).stdout.split('\n').slice(4).join('\n')
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

// A recorded output whose program was renamed or removed.
function orphans() {
  if (chosen.length > 0) return []
  const records = readdirSync(folder).filter(file => file.endsWith('.txt'))
  return records.map(file => file.slice(0, -'.txt'.length)).filter(name => !names.includes(name))
}
