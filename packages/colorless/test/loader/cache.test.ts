import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAGS_WITHOUT_TRANSFORM, folderWith, linesOf, run, write } from './program.ts'

const CACHE = 'node_modules/.cache/plait-colorless'
const APP = `import { sleep } from 'plait/greenlet'
import { said } from './said.ts'
function pause(): string { sleep(1); return said }
console.log(pause())
`
const FILES = { 'app.ts': APP, 'said.ts': "export const said: string = 'one'\n" }

const all = (folder: string): string[] => readdirSync(join(folder, CACHE)).sort()
const kept = (folder: string): string[] => all(folder).filter(file => file.endsWith('.js'))
const textOf = (folder: string, file: string): string => readFileSync(join(folder, CACHE, file), 'utf8')

/** What is kept of the file with this text in it. */
function fileWith(folder: string, text: string): string {
  const found = kept(folder).find(file => textOf(folder, file).includes(text))
  if (found === undefined) throw new Error(`nothing kept has ${text}`)
  return found
}

test('the second start takes what the first one made', async () => {
  const folder = folderWith(FILES)
  expect(await linesOf(folder, ['app.ts'])).toEqual(['one'])
  const before = kept(folder).map(file => textOf(folder, file))
  expect(before).toHaveLength(2)
  // Without the transform there is nothing but the cache to take it from.
  expect(await linesOf(folder, ['app.ts'], { flags: FLAGS_WITHOUT_TRANSFORM })).toEqual(['one'])
  expect(kept(folder).map(file => textOf(folder, file))).toEqual(before)
})

test('a file that has changed is made anew, in the place of what it was', async () => {
  const folder = folderWith(FILES)
  await linesOf(folder, ['app.ts'])
  const names = kept(folder)
  write(folder, { 'said.ts': "export const said: string = 'two'\n" })
  expect(await linesOf(folder, ['app.ts'])).toEqual(['two'])
  expect(kept(folder)).toEqual(names)
})

test('so is one that is transformed in another way', async () => {
  const folder = folderWith(FILES)
  await linesOf(folder, ['app.ts'])
  const before = kept(folder).length
  write(folder, {
    'package.json': '{ "type": "module", "plait": { "colorless": { "assume": { "builtins": true } } } }',
  })
  expect(await linesOf(folder, ['app.ts'])).toEqual(['one'])
  expect(kept(folder).length).toBe(2 * before)
})

test.each([
  ['cut off', (text: string) => text.slice(0, text.length - 10)],
  ['empty', () => ''],
  ['of zeros, as after a crash', (text: string) => '\0'.repeat(text.length)],
  ['changed in one place', (text: string) => text.replace('one', 'won')],
  ['without its head', (text: string) => text.slice(text.indexOf('\n') + 1)],
])('what is kept and is %s is thrown away and made anew', async (_, damage) => {
  const folder = folderWith(FILES)
  await linesOf(folder, ['app.ts'])
  const file = fileWith(folder, "'one'")
  const whole = textOf(folder, file)
  writeFileSync(join(folder, CACHE, file), damage(whole))
  expect(await linesOf(folder, ['app.ts'])).toEqual(['one'])
  expect(textOf(folder, file)).toBe(whole)
})

test('so is what has lost its map, and stacks tell of the files as they were written again', async () => {
  const folder = folderWith({
    'app.ts':
      "import { sleep } from 'plait/greenlet'\nfunction f(): never { sleep(1); throw new Error('x') }\nf()",
  })
  await run(folder, ['app.ts'])
  for (const file of all(folder).filter(name => name.endsWith('.map')))
    writeFileSync(join(folder, CACHE, file), '')
  const { stderr } = await run(folder, ['app.ts'])
  expect(stderr).toMatch(/at f .*app\.ts:2:39/)
})

test('programs that start at once all run, and leave the cache whole', async () => {
  const folder = folderWith(FILES)
  const said = await Promise.all(Array.from({ length: 4 }, () => linesOf(folder, ['app.ts'])))
  expect(said).toEqual(Array.from({ length: 4 }, () => ['one']))
  expect(kept(folder)).toHaveLength(2)
})

test('PLAIT_COLORLESS_CACHE=0 keeps nothing', async () => {
  const folder = folderWith(FILES)
  expect(await linesOf(folder, ['app.ts'], { env: { PLAIT_COLORLESS_CACHE: '0' } })).toEqual(['one'])
  expect(readdirSync(join(folder, 'node_modules'))).toEqual([])
})

test('where node_modules cannot be written to, the temporary folder is taken', async () => {
  const folder = folderWith(FILES)
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  // Root may write anywhere, so what stands in the way is a file.
  writeFileSync(join(folder, 'node_modules/.cache'), '')
  chmodSync(join(folder, 'node_modules/.cache'), 0o444)
  expect(await linesOf(folder, ['app.ts'], { env: { TMPDIR: temporary } })).toEqual(['one'])
  const [made = ''] = readdirSync(temporary)
  expect(readdirSync(join(temporary, made)).filter(file => file.endsWith('.js'))).toHaveLength(2)
})

test('a folder that others may write to is not trusted', async () => {
  const folder = folderWith(FILES)
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  const name = `plait-colorless-${process.getuid?.() ?? 'user'}`
  mkdirSync(join(temporary, name))
  chmodSync(join(temporary, name), 0o777)
  writeFileSync(join(folder, 'node_modules/.cache'), '')
  expect(await linesOf(folder, ['app.ts'], { env: { TMPDIR: temporary } })).toEqual(['one'])
  expect(readdirSync(join(temporary, name))).toEqual([])
})
