import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, linesOf, run } from './program.ts'

const THROWS = `import { createTask } from 'plait'
import { sleep, until } from 'plait/greenlet'
type Level = { readonly depth: number }
function inner(level: Level): never {
  sleep(1)
  const { depth }: Level = level
  throw new RangeError(\`too deep: \${depth as number}\`)
}
function outer(level: Level): void { const a: number = 1; inner({ depth: level.depth + a }) }
const task = createTask(() => outer({ depth: 1 }))
`

/** The line and column of \`text\` in a source, as stacks say them. */
function placeOf(source: string, text: string): string {
  const before = source.slice(0, source.indexOf(text)).split('\n')
  return `${before.length}:${(before.at(-1) as string).length + 1}`
}

test.each(['app.ts', 'app.mts'])(
  'a stack of a greenlet names the places of %s as it was written',
  async name => {
    const source = `${THROWS}try { until(task) } catch (error) { console.log((error as Error).stack) }\n`
    const folder = folderWith({ [name]: source })
    const [title, first, ...rest] = await linesOf(folder, [name])
    expect(title).toBe('RangeError: too deep: 2')
    expect(first).toBe(`    at inner (${join(folder, name)}:${placeOf(source, 'new RangeError')})`)
    expect(rest.some(line => /^ +at outer\b/.test(line))).toBe(true)
  },
)

test('so it is in CommonJS, in the plain entry as in the greenlet', async () => {
  const source = `const { createTask } = require('plait')
const { sleep, until } = require('plait/greenlet')
function fails(isSlow: boolean): number {
  if (isSlow) sleep(1)
  const nothing: { value: number } = null as never
  return nothing.value
}
process.on('exit', () => {
  try { fails(false) } catch (error) { console.log((error as Error).stack) }
})
try { until(createTask(() => fails(true))) } catch (error) { console.log((error as Error).stack) }
`
  const folder = folderWith({ 'app.cts': source })
  const said = await linesOf(folder, ['app.cts'])
  const place = `    at fails (${join(folder, 'app.cts')}:${placeOf(source, 'value\n')})`
  expect(said.filter(line => line.startsWith('    at fails ('))).toEqual([place, place])
})

test('an error that nobody catches is shown with its place in the source', async () => {
  const folder = folderWith({ 'app.ts': `${THROWS}until(task)\n` })
  const { code, stderr } = await run(folder, ['app.ts'])
  expect(code).toBe(1)
  expect(stderr).toContain(`${join(folder, 'app.ts')}:7`)
  expect(stderr).not.toContain('$$')
})
