import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folderWith } from '../loader/program.ts'

const PLAIT = fileURLToPath(new URL('../../../plait', import.meta.url))

/** Two greenlets that wait underneath classes, generators, callbacks of the language's own functions, and a package. */
export const SAMPLE: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'main.ts': `import { createTask, gather, run } from 'plait'
import { sleep, until } from 'plait/greenlet'
import { through } from 'deep-one'
import { Counter } from './counter.ts'
import type { Step } from './counter.ts'

function* numbers(from: number, to: number): Generator<number> {
  for (let n = from; n < to; n += 1) {
    sleep(1)
    yield n
  }
}

function sum(name: string, pauseMs: number): number {
  const counter = new Counter(name)
  for (const n of numbers(0, 3)) counter.add(n)
  const steps: readonly Step[] = [1, 2, 3].map(n => {
    sleep(pauseMs)
    return { n, text: \`\${name}\${n}\` }
  })
  console.log(steps.map(({ text }) => text).join(' '))
  return through(() => {
    sleep(pauseMs)
    return counter.sum() + until(Promise.resolve(steps.length))
  })
}

function fails(): never {
  sleep(1)
  throw new RangeError('as it should')
}

await run(function* main() {
  console.log(JSON.stringify(yield* gather(createTask(() => sum('a', 20)), createTask(() => sum('b', 1)))))
  try {
    yield* createTask(() => fails())
  } catch (error) {
    console.log((error as Error).message)
  }
  console.log('end')
})
`,
  'counter.ts': `import { sleep } from 'plait/greenlet'

export interface Step { readonly n: number; readonly text: string }

class Named {
  readonly name: string
  constructor(name: string) {
    sleep(1)
    this.name = name
  }
}

export class Counter extends Named {
  #total: number = pause(0)
  add(n: number): this {
    sleep(1)
    this.#total += n
    return this
  }
  sum(): number {
    sleep(1)
    return this.#total
  }
}

function pause<T>(value: T): T {
  sleep(1)
  return value
}
`,
  'node_modules/deep-one/package.json': '{ "name": "deep-one", "type": "module", "exports": "./index.js" }',
  'node_modules/deep-one/index.js': 'export const through = fn => fn()\n',
}

export const SAID: readonly string[] = ['b1 b2 b3', 'a1 a2 a3', '[6,6]', 'as it should', 'end']

/** A project of the sample, with the built plait installed in it. */
export function sampleProject(files: Readonly<Record<string, string>> = {}): string {
  if (!existsSync(join(PLAIT, 'dist/twins.js')))
    throw new Error('bundles are made of the built packages, and there are none: npm run build')
  const folder = folderWith({ ...SAMPLE, ...files })
  mkdirSync(dirname(join(folder, 'node_modules/plait')), { recursive: true })
  symlinkSync(PLAIT, join(folder, 'node_modules/plait'))
  return folder
}
