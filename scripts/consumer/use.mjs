// Imports every subpath named on the command line and runs a program, as an installed package.
import assert from 'node:assert/strict'

// The plain kin of what waits, by the same names.
const plain = ['plait/greenlet: sleep', 'plait/greenlet: until']

/** What gevent calls as others do is its own; what it shares with them is theirs. */
const shared = ['CannotSuspendError', 'GreenletExit']
const isGevents = (subpath, name) => subpath === 'plait/gevent' && !shared.includes(name)

const exported = new Map()
for (const subpath of process.argv.slice(2)) {
  const names = Object.entries(await import(subpath))
  assert.ok(names.length > 0, `${subpath} exports nothing`)
  for (const [name, value] of names) {
    if (plain.includes(`${subpath}: ${name}`) || isGevents(subpath, name)) continue
    assert.equal(exported.get(name) ?? value, value, `${subpath} has a ${name} of its own: a second kernel`)
    exported.set(name, value)
  }
}

const { createTask, run, sleep } = await import('plait')
const { runVirtual } = await import('plait/testing')

function* double(value) {
  yield* sleep(1)
  return value * 2
}

function* main() {
  const task = createTask(double(20))
  return (yield* task) + (yield* double(1))
}

assert.equal(await run(main), 42)
assert.equal(
  await run(async () => {
    await sleep(1)
    return 42
  }),
  42,
)
assert.equal(
  await runVirtual(function* () {
    yield* sleep(1e9)
    return 42
  }),
  42,
)
