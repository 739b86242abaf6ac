import { once } from 'node:events'
import { expect, test } from 'vitest'
import { runText, startText } from './command-line.ts'

test('an error of the program ends it with 1, told with its stack and its cause', async () => {
  const { code, stdout, stderr } = await runText(`
    function* brew() { throw new RangeError('too hot', { cause: new Error('the stove') }) }
    export default function* main() { yield* brew() }`)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^RangeError: too hot$/m)
  expect(stderr).toMatch(/^ +at .*brew.*main\.ts:2/m)
  expect(stderr).toMatch(/^└─ caused by Error: the stove$/m)
})

test('the members of a failed group are told as a tree', async () => {
  const { code, stderr } = await runText(`
    import { ExceptionGroup } from 'plait'
    export default async () => {
      throw new ExceptionGroup('both sides', [
        new ExceptionGroup('left', [Object.assign(new Error('a'), { code: 'E_A' })]),
        new TypeError('b'),
      ])
    }`)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^ExceptionGroup: both sides/m)
  expect(stderr).toMatch(/^├─ ExceptionGroup: left/m)
  expect(stderr).toMatch(/^│ {2}└─ Error: a$/m)
  expect(stderr).toMatch(/^│ {5} +code: 'E_A'$/m)
  expect(stderr).toMatch(/^└─ TypeError: b$/m)
})

test('anything may be thrown', async () => {
  const { code, stderr } = await runText('export default async () => { throw { answer: 42 } }')
  expect(code).toBe(1)
  expect(stderr).toContain('thrown: { answer: 42 }')
})

test('a program that nothing can wake any more is told so', async () => {
  const { code, stderr } = await runText(`
    import { Future } from 'plait'
    export default function* main() { yield* new Future() }`)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^DeadlockError: /m)
  expect(stderr).toContain('main')
})

test('an async program that awaits a promise nobody settles does not end in silence', async () => {
  const { code, stderr } = await runText(
    'export default async function main() { await new Promise(() => {}) }',
  )
  expect(code).toBe(1)
  expect(stderr).toMatch(/^plait: the program failed\n\w*Error: ./)
})

test('a stack shows the program, and in debug mode the runtime below it as well', async () => {
  const text = `
    import { sleep } from 'plait'
    export default function* main() { yield* sleep(1); throw new Error('here') }`
  const { stderr } = await runText(text)
  expect(stderr).toMatch(/at main .*main\.ts:3/)
  expect(stderr).not.toMatch(/src\/(tasks|coroutine)\/|node:|<anonymous>/)
  const { stderr: full } = await runText(text, [], ['--debug'])
  expect(full).toMatch(/src\/(tasks|coroutine)\//)
})

test('an error thrown in a callback of the host cancels the program and ends it with 1', async () => {
  const { code, stdout, stderr } = await runText(`
    import { sleep } from 'plait'
    export default function* main() {
      setTimeout(() => { throw new Error('out of nowhere') }, 1)
      try { yield* sleep(60_000) } finally { yield* sleep(1); console.log('cleaned up') }
    }`)
  expect([code, stdout]).toEqual([1, 'cleaned up\n'])
  expect(stderr).toContain('Error: out of nowhere')
  expect(stderr).not.toContain('CancelledError')
})

const CLEANS_UP = `
  import { createTask, sleep } from 'plait'
  function* child() {
    console.log('ready')
    try { yield* sleep(60_000) } finally { yield* sleep(5); console.log('child cleaned up') }
  }
  export default function* main() {
    const task = createTask(child())
    try { yield* task } finally { yield* sleep(5); console.log('main cleaned up') }
  }`

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s cancels the program, waits for its cleanup and ends it with %i', async (signal, expected) => {
  const running = startText(CLEANS_UP)
  await running.said('ready')
  running.process.kill(signal)
  expect(await running.ended).toEqual({
    code: expected,
    signal: null,
    stdout: 'ready\nchild cleaned up\nmain cleaned up\n',
    stderr: '',
  })
})

test('an async function is cancelled at the wait it stands in', async () => {
  const running = startText(`
    import { sleep } from 'plait'
    export default async () => {
      console.log('ready')
      try { await sleep(60_000) } finally { await sleep(5); console.log('cleaned up') }
    }`)
  await running.said('ready')
  running.process.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code: 130, stdout: 'ready\ncleaned up\n', stderr: '' })
})

test('a keystroke that arrives twice, from the terminal and from npm, leaves the cleanup its time', async () => {
  const running = startText(`
    import { sleep } from 'plait'
    export default function* main() {
      console.log('ready')
      try { yield* sleep(60_000) } finally {
        // Two signals from outside could become one on their way, so the second is raised here, right behind the first.
        process.emit('SIGINT', 'SIGINT')
        yield* sleep(5)
        console.log('cleaned up')
      }
    }`)
  await running.said('ready')
  running.process.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code: 130, stdout: 'ready\ncleaned up\n', stderr: '' })
})

test('a second Ctrl-C ends at once a cleanup that never ends', async () => {
  const running = startText(`
    import { sleep } from 'plait'
    export default function* main() {
      console.log('ready')
      try { yield* sleep(60_000) } finally { console.log('cleaning'); yield* sleep(600_000) }
    }`)
  await running.said('ready')
  running.process.kill('SIGINT')
  await running.said('cleaning')
  // Pressed again and again, as people do.
  const again = setInterval(() => running.process.kill('SIGINT'), 50)
  const { code, stdout } = await running.ended.finally(() => clearInterval(again))
  expect([code, stdout]).toEqual([130, 'ready\ncleaning\n'])
})

test("a cleanup that fails after a signal is told, and the exit code is the signal's", async () => {
  const running = startText(`
    import { sleep } from 'plait'
    export default function* main() {
      console.log('ready')
      try { yield* sleep(60_000) } finally { throw new Error('the mop broke') }
    }`)
  await running.said('ready')
  running.process.kill('SIGTERM')
  const { code, stderr } = await running.ended
  expect(code).toBe(143)
  expect(stderr).toContain('Error: the mop broke')
})

test('a reader that has seen enough ends the program quietly, its cleanup done', async () => {
  const running = startText(`
    import { writeFileSync } from 'node:fs'
    import { sleep } from 'plait'
    export default function* main() {
      try { for (;;) { console.log('line'); yield* sleep(1) } }
      finally { yield* sleep(5); process.stderr.write('cleaned up\\n') }
    }`)
  await running.said('line')
  running.process.stdout?.destroy()
  const { code, stderr } = await running.ended
  expect([code, stderr]).toEqual([0, 'cleaned up\n'])
})

test("the program's own exit is kept", async () => {
  const running = startText('export default async () => { process.exit(3) }')
  const [code] = await once(running.process, 'exit')
  expect(code).toBe(3)
})
