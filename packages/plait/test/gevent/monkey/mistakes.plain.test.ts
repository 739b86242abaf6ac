import { expect, test } from 'vitest'
import { codes } from '../../../src/errors/misuse-patching.ts'
import * as events from '../../../src/gevent/events.ts'
import { getaddrinfo, gethostbyname } from '../../../src/gevent/lookup.ts'
import * as monkey from '../../../src/gevent/monkey.ts'
import { MisuseError, run } from '../../../src/index.ts'

/** Where there is no Node.js, for as long as a call takes. */
function elsewhere<T>(call: () => T): () => T {
  return () => {
    const { getBuiltinModule } = process
    process.getBuiltinModule = undefined as never
    try {
      return call()
    } finally {
      process.getBuiltinModule = getBuiltinModule
    }
  }
}

const greenlet = (body: () => unknown) => () => run(body as never)

const mistakes: Record<string, readonly [make: () => unknown, message: string]> = {
  unknownArea: [
    () => monkey.patchAll({ socket: true } as never),
    'patchAll has no option "socket": there are fs, childProcess, atomics, crypto, zlib, dns',
  ],
  areaNotBoolean: [
    () => monkey.patchAll({ fs: 1 } as never),
    'patchAll({ fs }) takes true or false, and got 1',
  ],
  noSuchModule: [
    elsewhere(monkey.patchFs),
    'there is no node:fs here to patch: it is a part of Node.js, which this program does not run on',
  ],
  unknownModule: [
    () => monkey.getOriginal('fsx', 'readFileSync'),
    `getOriginal takes the name of a module of Node.js, as 'fs' is, or 'Atomics', and there is no "fsx"`,
  ],
  unknownItem: [
    () => monkey.getOriginal('fs', 'slurp'),
    `there is no "slurp" in fs: name what it exports, as in getOriginal('fs', 'readFileSync')`,
  ],
  notPatchable: [
    () => {
      const add = (event: unknown): void => {
        if (event instanceof events.GeventWillPatchModuleEvent) event.targetItemNames.push('watch')
      }
      events.subscribe(add)
      try {
        monkey.patchAtomics()
      } finally {
        events.unsubscribe(add)
      }
    },
    'a subscriber has put "watch" on the list of what to patch in Atomics, which knows of wait: names may be taken off that list alone',
  ],
  noNames: [
    greenlet(elsewhere(() => gethostbyname('localhost'))),
    'names are looked up by node:dns, which is not here: this program does not run on Node.js',
  ],
  badPort: [
    greenlet(() => getaddrinfo('localhost', 'http')),
    'a port is a number from 0 to 65535, or its digits, and is not "http": look up what a service is called beforehand',
  ],
  notASubscriber: [
    () => events.subscribe(undefined as never),
    'subscribe(…) takes a function, which is called with each event, and got undefined',
  ],
}

test.each(Object.entries(mistakes))(
  '%s is told with the value and the way out',
  async (code, [make, message]) => {
    const error = await (async () => make())().catch((error: unknown) => error)
    expect(error).toBeInstanceOf(MisuseError)
    expect(error).toMatchObject({ code, message })
  },
)

test('every mistake that has words is made here', () => {
  expect(Object.keys(mistakes).toSorted()).toEqual([...codes].toSorted())
})

test(
  'where there is no Node.js all that there is is patched',
  elsewhere(() => {
    expect(monkey.patchAll()).toBe(true)
    expect([monkey.isModulePatched('Atomics'), monkey.isModulePatched('fs')]).toEqual([true, false])
  }),
)
