import fs from 'node:fs'
import zlib from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as events from '../../../src/gevent/events.ts'
import * as monkey from '../../../src/gevent/monkey.ts'
import { run } from '../../../src/index.ts'
import { inGreenlet } from './both-ways.ts'
import { replacement } from './replacement.ts'

const warnings: { name: string; code?: string; message: string }[] = []
const hear = (warning: Error): void => void warnings.push(warning as never)

beforeEach(() => {
  warnings.length = 0
  process.on('warning', hear)
})

afterEach(() => {
  process.off('warning', hear)
  events.subscribers.length = 0
})

/** Warnings are told in a tick of their own. */
async function warned(): Promise<string[]> {
  await new Promise(setImmediate)
  return warnings.map(({ name, code }) => `${name} ${code}`)
}

const mistake = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

// In this order: what was patched stays so.
describe('patching', () => {
  test('is asked about: nothing is patched at first', () => {
    expect(monkey.isModulePatched('fs')).toBe(false)
    expect(monkey.isModulePatched('no such module')).toBe(false)
    expect(monkey.isObjectPatched('fs', 'readFileSync')).toBe(false)
    expect(monkey.getOriginal('fs', 'readFileSync')).toBe(fs.readFileSync)
  })

  test('names the options there are, where it is given another', () => {
    expect(() => monkey.patchAll({ socket: true } as never)).toThrow(
      'patchAll has no option "socket": there are fs, childProcess, atomics, crypto, zlib, dns',
    )
    expect(mistake(() => monkey.patchAll({ fs: 'yes' } as never))).toBe('areaNotBoolean')
    expect(monkey.isModulePatched('fs')).toBe(false)
  })

  test('is left undone where a subscriber says so, and can be done later', () => {
    events.subscribe(event => {
      if (event instanceof events.GeventWillPatchAllEvent && event.willPatchModule('fs'))
        throw new events.DoNotPatch()
    })
    expect(monkey.patchAll()).toBe(false)
    expect(monkey.isModulePatched('fs')).toBe(false)
  })

  test('passes on what else a subscriber throws', () => {
    events.subscribe(() => {
      throw new RangeError('broken')
    })
    expect(() => monkey.patchZlib()).toThrow('broken')
    expect(monkey.isModulePatched('zlib')).toBe(false)
  })

  test('leaves out a module that a subscriber does not let it have, and names taken off its list', () => {
    events.subscribe(event => {
      if (!(event instanceof events.GeventWillPatchModuleEvent)) return
      expect(event.target).toBe(zlib)
      if (event.targetItemNames.includes('gzipSync')) {
        event.targetItemNames.splice(0, event.targetItemNames.length, 'deflateSync')
      }
    })
    expect(monkey.patchZlib()).toBe(true)
    expect(monkey.isObjectPatched('zlib', 'deflateSync')).toBe(true)
    expect(monkey.isObjectPatched('zlib', 'gzipSync')).toBe(false)
    events.subscribers.length = 0
    events.subscribe(event => {
      if (event instanceof events.GeventWillPatchModuleEvent) throw new events.DoNotPatch()
    })
    expect(monkey.patchCrypto()).toBe(false)
    expect(monkey.isModulePatched('crypto')).toBe(false)
  })

  test('refuses what a subscriber puts on the list, and has patched nothing', () => {
    events.subscribe(event => {
      if (event instanceof events.GeventWillPatchModuleEvent) event.targetItemNames.push('watch')
    })
    expect(mistake(monkey.patchFs)).toBe('notPatchable')
    expect(monkey.isModulePatched('fs')).toBe(false)
  })

  test('says which functions are of another package, and leaves them as they are', async () => {
    const { fsyncSync } = fs
    fs.fsyncSync = replacement(fsyncSync) as never
    try {
      expect(monkey.patchFs()).toBe(true)
      expect(monkey.isObjectPatched('fs', 'fsyncSync')).toBe(false)
      expect(monkey.isObjectPatched('fs', 'readFileSync')).toBe(true)
      expect(await warned()).toEqual(['MonkeyPatchWarning PLAIT_REPLACED'])
      expect(warnings[0]?.message).toContain('nobody knows how they wait: fs.fsyncSync.')
    } finally {
      fs.fsyncSync = fsyncSync
    }
    monkey.patchFs()
    expect(monkey.isObjectPatched('fs', 'fsyncSync')).toBe(true)
  })

  test('leaves in peace a function of another package that is transformed', async () => {
    const { fdatasyncSync } = fs
    fs.fdatasyncSync = fd => fdatasyncSync(fd)
    try {
      monkey.patchFs()
      expect(await warned()).toEqual([])
    } finally {
      fs.fdatasyncSync = fdatasyncSync
    }
  })

  test('says so of a function that is replaced afterwards', () => {
    const { statSync } = fs
    const changing = fs as { statSync: unknown }
    changing.statSync = replacement(statSync)
    expect(monkey.isObjectPatched('fs', 'statSync')).toBe(false)
    changing.statSync = statSync
    expect(monkey.isObjectPatched('fs', 'statSync')).toBe(true)
  })

  test('all tells what it does, in this order, and is done once', async () => {
    const told: string[] = []
    events.subscribe(event => {
      const { name } = (event as object).constructor
      told.push(event instanceof events.GeventWillPatchModuleEvent ? `${name} ${event.moduleName}` : name)
    })
    expect(monkey.patchAll({ dns: false, crypto: false })).toBe(true)
    expect(told.filter(line => !line.startsWith('GeventDidPatchModule'))).toEqual([
      'GeventWillPatchAllEvent',
      'GeventWillPatchModuleEvent fs',
      'GeventWillPatchModuleEvent child_process',
      'GeventWillPatchModuleEvent Atomics',
      'GeventWillPatchModuleEvent zlib',
      'GeventDidPatchBuiltinModulesEvent',
      'GeventDidPatchAllEvent',
    ])
    told.length = 0
    expect(monkey.patchAll({ dns: false, crypto: false })).toBe(true)
    expect(told).toEqual([])
    expect(await warned()).toEqual([])
  })

  test('all, called again with other options, adds to what was patched, and says so', async () => {
    expect(monkey.patchAll({ fs: false, crypto: false })).toBe(true)
    expect(monkey.isModulePatched('node:dns')).toBe(true)
    expect(monkey.isModulePatched('fs')).toBe(true)
    expect(monkey.isModulePatched('crypto')).toBe(false)
    expect(await warned()).toEqual(['MonkeyPatchWarning PLAIT_PATCHED_AGAIN'])
    expect(warnings[0]?.message).toContain('"fs", "childProcess", "atomics", "zlib", "dns"')
  })
})

describe('the original', () => {
  test('of a patched function blocks in a greenlet, and is the same each time', async () => {
    const read = monkey.getOriginal<typeof fs.readFileSync>('node:fs', 'readFileSync')
    expect(read).not.toBe(fs.readFileSync)
    expect(monkey.getOriginal('fs', 'readFileSync')).toBe(read)
    expect([read.name, read.length]).toEqual([fs.readFileSync.name, fs.readFileSync.length])
    const { value, hasWaited } = await inGreenlet(() => read(import.meta.filename).length)
    expect(value).toBe(fs.statSync(import.meta.filename).size)
    expect(hasWaited).toBe(false)
  })

  test('has the functions on it that were patched as their originals, too', async () => {
    const real = monkey.getOriginal<typeof fs.realpathSync>('fs', 'realpathSync').native
    expect(monkey.getOriginal('fs', 'realpathSync.native')).toBe(real)
    expect(await inGreenlet(() => real('/'))).toEqual({ value: '/', hasWaited: false })
  })

  test('of several names is a list, of a module of several names that of the first there is', () => {
    expect(monkey.getOriginal('fs', ['Stats', 'constants'])).toEqual([fs.Stats, fs.constants])
    expect(monkey.getOriginal(['no such module', 'node:fs'], 'Stats')).toBe(fs.Stats)
    expect(monkey.getOriginal('Atomics', 'notify')).toBe(Atomics.notify)
    expect(typeof monkey.getOriginal('Atomics', 'wait')).toBe('function')
  })

  test('of what there is not is an error that names it', () => {
    expect(() => monkey.getOriginal('no such module', 'x')).toThrow('there is no "no such module"')
    expect(() => monkey.getOriginal('fs', 'readFileAtOnce')).toThrow('there is no "readFileAtOnce" in fs')
  })
})

describe('subscribers', () => {
  test('are called in order, and no more once taken off', () => {
    const log: string[] = []
    const first = (): void => void log.push('first')
    events.subscribe(first)
    events.subscribe(() => log.push('second'))
    events.notify(new events.EventLoopBlocked(undefined, 5, ['line']))
    expect(events.unsubscribe(first)).toBe(true)
    expect(events.unsubscribe(first)).toBe(false)
    events.notify({})
    expect(log).toEqual(['first', 'second', 'second'])
    expect(mistake(() => events.subscribe(5 as never))).toBe('notASubscriber')
  })
})

test('whoever runs a patched function as a greenlet of its own has it wait', async () => {
  expect(await run(() => fs.readFileSync(import.meta.filename, 'utf8').length)).toBeGreaterThan(0)
})
