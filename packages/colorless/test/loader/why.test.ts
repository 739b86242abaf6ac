import { expect, test } from 'vitest'
import { CLI, folderWith, type Outcome, PLAIN_FLAGS, run } from './program.ts'

const FILES = {
  'package.json':
    '{ "type": "module", "plait": { "colorless": { "packages": ["listed"], "exclude": ["left-out"] } } }',
  'src/store.ts': `import { readFileSync } from 'node:fs'
import { sleep } from 'plait/greenlet'
import { merge } from 'unlisted/deep'
import * as listed from '@scope/listed'
const { other } = require('listed')

interface Row { readonly id: number }

export class Store {
  #rows: Row[] = []
  constructor(rows: Iterable<Row>) {
    for (const row of rows) this.#rows.push(row)
  }
  save(row: Row): void {
    const text: string = readFileSync('x', 'utf8')
    sleep(text.length)
    merge(this.#rows, [row])
    new listed.Thing(other.deep(row))
  }
  get size(): number { return this.#rows.length }
  static add(a: number, b: number): number { return Math.max(a, b) + 1 }
  async load(): Promise<void> { await fetch('http://x') }
}

export function save(store: Store): void { store.save({ id: 1 }) }
export const twice = (fn: () => number): number =>
  fn() + fn()
const api = { list(items: string[]) { return items.map(item => item.trim()) } }
function tricky(code: string): unknown { save(null as never); return eval(code) }
export default function () { return api }
`,
  'src/broken.ts': 'const a = }',
  'src/other.js':
    'export function save() { return 1 }\nexport function tree([first, ...rest]) { return rest }',
  'left-out/old.ts': 'export function save(): void {}',
  'node_modules/listed/index.js': 'export function save() {}',
}

const why = (folder: string, ...args: string[]): Promise<Outcome> =>
  run(folder, [CLI, 'why', ...args], { flags: PLAIN_FLAGS })

test('a method says what in it waits first, with its place and line, and which packages it calls into', async () => {
  const outcome = await why(folderWith(FILES), 'Store.save', 'src/store.ts')
  expect(outcome).toEqual({
    code: 0,
    stderr: '',
    stdout: `Store.save (src/store.ts:14:7) can be suspended
  first to wait, maybe: the call of readFileSync, src/store.ts:15:26
    const text: string = readFileSync('x', 'utf8')
  it calls into node:fs, which is Node's: nothing underneath can be suspended, unless it has been patched
  it calls into plait, whose plain waits suspend it
  it calls into unlisted, which is not in the list of packages that are transformed ("plait": { "colorless": { "packages": […] } } in package.json): nothing underneath can be suspended
  it calls into @scope/listed, which is not in the list of packages that are transformed ("plait": { "colorless": { "packages": […] } } in package.json): nothing underneath can be suspended
  it calls into listed, which is in the list of packages that are transformed
`,
  })
})

test.each([
  [
    'twice',
    /^twice \(src\/store\.ts:26:22\) can be suspended\n.*the call of fn, src\/store\.ts:27:3\n {4}fn\(\) \+ fn\(\)\n$/,
  ],
  ['Store.add', /^Store\.add .*is left plain: nothing it calls can reach a switch\n$/],
  ['size', /^Store\.size .*is left plain/],
  ['Store.load', /^Store\.load .*cannot be suspended: it is async: it waits with await\n/],
  ['tricky', /^tricky .*cannot be suspended: it calls eval directly\n.*the call of save, /],
  ['Store', /^Store\.constructor .*can be suspended\n.*the loop over rows, /],
  ['api.list', /^api\.list .*can be suspended\n.*the call of items\.map, /],
  ['tree', /^tree \(src\/other\.js:2:8\) can be suspended\n.*the array pattern/],
  ['default', /^default .*is left plain/],
])('%s is explained', async (question, expected) => {
  const { code, stdout } = await why(folderWith(FILES), question, 'src')
  expect(code).toBe(0)
  expect(stdout).toMatch(expected)
})

test('every function of a name is told of, in all files of the folder but those left out and those of packages', async () => {
  const folder = folderWith(FILES)
  const { code, stdout, stderr } = await why(folder, 'save')
  expect(code).toBe(0)
  expect(stdout.match(/^\S.*\(/gm)).toEqual(['save (', 'Store.save (', 'save ('])
  expect(stderr).toMatch(/^plait: src\/broken\.ts was left out: .*\n$/)
  const { stdout: one } = await why(folder, 'store.ts:save')
  expect(one.match(/^\S.*\(/gm)).toEqual(['Store.save (', 'save ('])
})

test.each([
  ['the line that a function begins in', 'src/store.ts:14', ['Store.save (']],
  ['a line inside of one', 'store.ts:16', ['Store.save (']],
  ['a line with several', 'store.ts:28', ['api.list (', 'anonymous (']],
])('%s names it', async (_, question, names) => {
  const { stdout } = await why(folderWith(FILES), question, 'src/store.ts')
  expect(stdout.match(/^\S.*\(/gm)?.map(line => line.slice(0, line.indexOf('(') + 1))).toEqual(names)
})

test.each([
  ['Stroe.save', /no function "Stroe\.save" in src; did you mean Store\.save.*\?/],
  ['twcie', /no function "twcie" in src; did you mean twice\?/],
  ['nothingLikeIt', /no function "nothingLikeIt" in src\n/],
  ['store.ts:900', /no function "store\.ts:900" in src\n/],
])('an unknown function %s is told with what is named like it', async (question, expected) => {
  const { code, stdout, stderr } = await why(folderWith(FILES), question, 'src')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(expected)
})

test.each([
  [[], /why needs the name of a function: plait why FUNCTION/],
  [['--verbose', 'save'], /unknown flag --verbose.*plait why --help/],
  [['save', 'nowhere.ts'], /there is no file nowhere\.ts/],
])('%j is refused in one line', async (args, expected) => {
  const { code, stdout, stderr } = await why(folderWith({}), ...(args as string[]))
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^plait: .*\n$/)
  expect(stderr).toMatch(expected as RegExp)
})

test('help tells of it', async () => {
  const folder = folderWith({})
  expect((await run(folder, [CLI, '--help'], { flags: PLAIN_FLAGS })).stdout).toMatch(/plait why .*suspended/)
  const { code, stdout } = await why(folder, '--help')
  expect(code).toBe(0)
  expect(stdout).toMatch(/FUNCTION.*FILE/)
})
