// Plain functions that wait, in files of every kind, underneath classes, generators and callbacks. The top level waits too.
import { createRequire } from 'node:module'
import { createTask } from 'plait'
import { sleep, until } from 'plait/greenlet'
import { Counter, numbers } from './counter.ts'

type Twice = (n: number) => number
const require = createRequire(import.meta.url)
const { twice } = require('./twice.cjs') as { twice: Twice }
const imported = (await import(new URL('imports-commonjs.mjs', import.meta.url).href)) as {
  four: () => number
}

function work(name: string, pauseMs: number): string {
  const counter = new Counter(name)
  for (const n of numbers(0, 3)) counter.add(n)
  const doubled = [1, 2].map(n => {
    sleep(pauseMs)
    return twice(n)
  })
  return `${counter.name} ${counter.total} ${doubled.join()} ${imported.four()}`
}

const slow = createTask(() => console.log(work('slow', 20)))
const quick = createTask(() => console.log(work('quick', 1)))
until(slow)
until(quick)
try {
  until(
    createTask(() => {
      sleep(1)
      throw new RangeError('too far')
    }),
  )
} catch (error) {
  console.log(/app\.ts:\d+:\d+/.exec((error as Error).stack ?? '')?.[0])
}
