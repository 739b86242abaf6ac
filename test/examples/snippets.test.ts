import { describe, expect, test } from 'vitest'
import { exportsOf, moduleOf, promisedBy, snippetsOf } from './snippets.ts'

const fence = '```'

test('a page gives its TypeScript blocks, each with the text that stands right behind it', () => {
  const page = [
    '# Title',
    `${fence}ts\none()\n${fence}`,
    '',
    `${fence}text\nprinted\n${fence}`,
    `${fence}ts\ntwo()\n${fence}`,
    'Something else:',
    `${fence}text\nnot printed\n${fence}`,
    `${fence}sh\nnpm test\n${fence}`,
  ].join('\n')
  expect(snippetsOf('docs/page.md', page)).toEqual([
    { place: 'docs/page.md:2', code: 'one()\n', output: 'printed\n' },
    { place: 'docs/page.md:9', code: 'two()\n', output: undefined },
  ])
})

test('exports are read, values and types apart', () => {
  const source = [
    "export { run, type RunOptions } from './run.ts'",
    "export type {\n  Body,\n  Runnable,\n} from './runnable.ts'",
    "export * as events from './events.ts'",
  ].join('\n')
  const offered = exportsOf(source).map(({ name, isType }) => (isType ? `type ${name}` : name))
  expect(offered).toEqual(['events', 'run', 'type RunOptions', 'type Body', 'type Runnable'])
})

describe('a snippet as a module', () => {
  const offers = new Map([
    [
      'plait',
      [
        { name: 'sleep', isType: false },
        { name: 'Task', isType: true },
      ],
    ],
    [
      'given',
      [
        { name: 'sleep', isType: false },
        { name: 'url', isType: false },
      ],
    ],
  ])

  test('imports what it names from the first that offers it', () => {
    expect(moduleOf('let task: Task<void>\nyield* sleep(url)\n', offers)).toMatch(
      /^import \{ sleep, type Task \} from 'plait'\nimport \{ url \} from 'given'\nexport default function\* /,
    )
  })

  test('is a program in the color of its own waits, not of those in functions inside', () => {
    const isAsync = (code: string): boolean => moduleOf(code, offers).includes('async function main')
    expect(isAsync('await sleep(1)\n')).toBe(true)
    expect(isAsync('for await (const x of y) z(x)\n')).toBe(true)
    expect(isAsync('const f = function* () {\n  yield* sleep(1)\n}\nawait f()\n')).toBe(true)
    expect(isAsync('yield* hold(async () => {\n  await sleep(1)\n})\n')).toBe(false)
    expect(isAsync('const x = yield* sleep(1)\n')).toBe(false)
  })

  test('is left alone if it imports', () => {
    const code = "import { sleep } from 'plait'\nawait sleep(1)\n"
    expect(moduleOf(code, offers)).toBe(code)
    expect(moduleOf(code, offers, true)).toBe(code)
  })

  test('is put into a plain function if its waits are plain, behind its imports', () => {
    const code = "import { join } from 'node:path'\nsleep(url, join('a'))\n"
    expect(moduleOf(code, offers, true)).toBe(
      "import { join } from 'node:path'\nimport { sleep } from 'plait'\nimport { url } from 'given'\n" +
        "export default function program(): any {\nsleep(url, join('a'))\n}\n",
    )
  })
})

test('what a snippet promises stands behind what prints it', () => {
  const code = "console.log(f('//')) // 1, 2\n// why\ng() // not printed\nconsole.log(h())\n"
  expect(promisedBy(code)).toEqual(['1, 2'])
})
