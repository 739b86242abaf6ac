import { describe, expect, test } from 'vitest'
import { inTheWay, type Obstacle, readStack } from '../../src/errors/in-the-way.ts'

/** A stack as V8 writes it: the lines without their `at`. */
const stack = (...lines: string[]): string => ['Error', ...lines.map(line => `    at ${line}`)].join('\n')

/** Below a twin that a driver resumes. */
const driven = [
  'twin (file:///app/main.ts:3:9)',
  'twin.next (<anonymous>)',
  'plaitResume (file:///lib/stack.js:27:35)',
]
const loop = [
  'Task._step (file:///lib/driver.js:231:10)',
  'process.processImmediate (node:internal/timers:574:21)',
]

const found = (lines: string[], isSync = false): Obstacle =>
  inTheWay(readStack(stack(...lines, ...loop)), isSync)

describe('the function in the way is', () => {
  const rows: [
    what: string,
    lines: string[],
    kind: Obstacle['kind'],
    name: string,
    place: string | undefined,
  ][] = [
    [
      'that of a package, right below the twin that called it',
      [
        'visit (file:///app/main.ts:9:9)',
        'walk (file:///app/node_modules/acorn-walk/dist/walk.mjs:10:3)',
        'simple (file:///app/node_modules/acorn-walk/dist/walk.mjs:20:3)',
        'plaitCall2 (file:///lib/enter.js:107:50)',
        ...driven,
      ],
      'package',
      'simple',
      '/app/node_modules/acorn-walk/dist/walk.mjs:20:3',
    ],
    [
      'the engine’s own, which calls back; its place is that of its call',
      [
        'file:///app/main.ts:8:20',
        'Array.sort (<anonymous>)',
        'plaitMethod1 (file:///lib/enter.js:195:51)',
        ...driven,
      ],
      'native',
      'Array.sort',
      '/app/main.ts:3:9',
    ],
    [
      'called without a call of a twin between, as operators do',
      ['Point.valueOf (file:///app/point.ts:7:5)', ...driven],
      'conversion',
      'Point.valueOf',
      '/app/point.ts:7:5',
    ],
    [
      'and by its symbol',
      ['[Symbol.toPrimitive] (file:///app/point.ts:7:5)', ...driven],
      'conversion',
      '[Symbol.toPrimitive]',
      '/app/point.ts:7:5',
    ],
    [
      'what JSON.stringify asks',
      ['Point.toJSON (file:///app/point.ts:7:5)', 'JSON.stringify (<anonymous>)', ...driven],
      'native',
      'JSON.stringify',
      '/app/main.ts:3:9',
    ],
    ['a getter', ['get size (file:///app/box.ts:4:5)', ...driven], 'accessor', 'get size', '/app/box.ts:4:5'],
    [
      'a setter, by another name',
      ['Box.set size [as length] (file:///app/box.ts:4:5)', ...driven],
      'accessor',
      'Box.set size',
      '/app/box.ts:4:5',
    ],
    [
      'a constructor',
      [
        '<instance_members_initializer> (file:///app/box.ts:4:5)',
        'new Box (file:///app/box.ts:2:3)',
        ...driven,
      ],
      'construction',
      'new Box',
      '/app/box.ts:2:3',
    ],
    [
      'a static block',
      ['<static_initializer> (file:///app/box.ts:4:5)', ...driven],
      'static',
      '<static_initializer>',
      '/app/box.ts:4:5',
    ],
    [
      'a generator that is stepped in a plain loop',
      ['numbers (file:///app/numbers.ts:4:5)', 'numbers.next (<anonymous>)', ...driven],
      'generator',
      'numbers',
      '/app/numbers.ts:4:5',
    ],
    [
      'a generator that a driver resumes itself',
      [
        'main (file:///app/main.ts:4:5)',
        'main.next (<anonymous>)',
        'Task._plainStep (file:///lib/driver.js:131:57)',
      ],
      'generator',
      'main',
      '/app/main.ts:4:5',
    ],
    [
      'a coroutine that another delegates to',
      [
        'sub (file:///app/main.ts:4:5)',
        'sub.next (<anonymous>)',
        'Delegation.next (file:///lib/delegation.js:48:27)',
      ],
      'generator',
      'sub',
      '/app/main.ts:4:5',
    ],
    [
      'the host’s, which emits an event',
      [
        'file:///app/main.ts:8:20',
        'Socket.emit (node:events:508:28)',
        'plaitMethod2 (file:///lib/enter.js:195:51)',
        ...driven,
      ],
      'host',
      'Socket.emit',
      'node:events:508:28',
    ],
    [
      'any other',
      ['load (file:///app/load.ts:8:20)', 'plaitCall0 (file:///lib/enter.js:195:51)', ...driven],
      'function',
      'load',
      '/app/load.ts:8:20',
    ],
    [
      'none at all, outside of any greenlet',
      ['main (/app/main.cjs:4:5)'],
      'nowhere',
      'main',
      '/app/main.cjs:4:5',
    ],
  ]
  test.each(rows)('%s', (_, lines, kind, name, place) => {
    expect(found(lines)).toMatchObject({ kind, name, place })
  })

  test('whoever called back, where the wait itself was entered as a twin', () => {
    const lines = [
      'plaitCall1 (file:///lib/enter.js:109:10)',
      'compare (file:///app/main.ts:14:34)',
      'compare.next (<anonymous>)',
      'plaitSync (file:///lib/sync.js:20:24)',
      'compare (file:///lib/sync.js:74:16)',
      'Array.sort (<anonymous>)',
      'plaitMethod1 (file:///lib/enter.js:195:51)',
      ...driven,
    ]
    expect(found(lines, true)).toMatchObject({
      kind: 'native',
      name: 'Array.sort',
      place: '/app/main.ts:3:9',
    })
    const fromLoop = lines.slice(0, 5)
    expect(found(fromLoop, true)).toMatchObject({ kind: 'nowhere' })
  })

  test('told by its package, scoped or not, wherever that is installed', () => {
    const from = (place: string) =>
      found([`f (${place}:1:2)`, 'plaitCall0 (file:///lib/enter.js:1:1)', ...driven]).package
    expect(from('/app/node_modules/a/node_modules/@b/c/x.js')).toBe('@b/c')
    expect(from('C:\\app\\node_modules\\@b\\c\\x.js')).toBe('@b/c')
    expect(from('/app/src/x.js')).toBeUndefined()
  })
})

describe('a stack is read', () => {
  test('as V8 writes it, with async calls, aliases, and places that have brackets in them', () => {
    expect(
      readStack(
        stack(
          'async load (file:///app/a.ts:1:2)',
          '#enter [as _onImmediate] (/app/(group)/b.ts:3:4)',
          'file:///app/c.ts:5:6',
          'Array.map (<anonymous>)',
          'Object.<anonymous> (C:\\app\\d.ts:7:8)',
        ),
      ),
    ).toEqual([
      { name: 'load', place: '/app/a.ts:1:2' },
      { name: '#enter', place: '/app/(group)/b.ts:3:4' },
      { name: 'a function without a name', place: '/app/c.ts:5:6' },
      { name: 'Array.map', place: undefined },
      { name: 'Object.<anonymous>', place: 'C:\\app\\d.ts:7:8' },
    ])
  })

  test('as SpiderMonkey and JavaScriptCore write it', () => {
    expect(readStack('load@https://x.org/a.js:1:2\n@https://x.org/b.js:3:4\nsort@[native code]\n')).toEqual([
      { name: 'load', place: 'https://x.org/a.js:1:2' },
      { name: 'a function without a name', place: 'https://x.org/b.js:3:4' },
      { name: 'sort', place: undefined },
    ])
  })

  test('and an empty one holds no obstacle', () => {
    expect(inTheWay([], false)).toMatchObject({ kind: 'nowhere' })
  })
})
