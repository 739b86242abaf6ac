import { inspect } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { config } from '../../src/gevent.ts'

const variables = ['MONITOR_THREAD', 'MAX_BLOCKING_TIME', 'PRINT_BLOCKING_REPORTS', 'TRACK_GREENLET_TREE']

afterEach(() => vi.unstubAllEnvs())

/** The settings of a program that is started in this environment. */
async function configIn(environment: Readonly<Record<string, string>>): Promise<typeof config> {
  vi.resetModules()
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(`PLAIT_GEVENT_${name}`, value)
  return (await import('../../src/gevent/config.ts')).config
}

test('where nobody has said anything, nothing is watched', () => {
  expect({ ...config }).toEqual({
    monitorThread: false,
    maxBlockingTime: 100,
    printBlockingReports: true,
    trackGreenletTree: false,
  })
})

test('a setting is what it was set to', () => {
  config.maxBlockingTime = 20
  expect(config.maxBlockingTime).toBe(20)
  config.maxBlockingTime = 100
})

test('the environment sets each', async () => {
  const values = ['yes', '12.5', '0', 'on']
  const fresh = await configIn(Object.fromEntries(variables.map((name, i) => [name, values[i] ?? ''])))
  expect({ ...fresh }).toEqual({
    monitorThread: true,
    maxBlockingTime: 12.5,
    printBlockingReports: false,
    trackGreenletTree: true,
  })
})

test.each([
  ['MONITOR_THREAD', 'maybe', 'true or false'],
  ['MAX_BLOCKING_TIME', '', 'milliseconds'],
  ['MAX_BLOCKING_TIME', 'long', 'milliseconds'],
])('PLAIT_GEVENT_%s=%s is refused by its name, when it is read', async (name, value, takes) => {
  const fresh = await configIn({ [name]: value })
  expect(() => ({ ...fresh })).toThrow(`PLAIT_GEVENT_${name} takes ${takes}`)
})

test.each([
  ['maxBlockingTime', 0],
  ['maxBlockingTime', -5],
  ['maxBlockingTime', Number.NaN],
  ['maxBlockingTime', undefined],
  ['monitorThread', 'yes'],
  ['trackGreenletTree', 1],
] as const)('config.%s = %s is refused, and leaves the setting as it was', (name, value) => {
  const before = { ...config }
  expect(() => Object.assign(config, { [name]: value })).toThrow(`config.${name} takes`)
  expect({ ...config }).toEqual(before)
})

test('settings cannot be taken away, and are printed as what they are', () => {
  expect(() => Reflect.deleteProperty(config, 'maxBlockingTime')).not.toThrow()
  expect(config.maxBlockingTime).toBe(100)
  expect(inspect(config)).toContain('maxBlockingTime: 100')
})

test('what cannot be had here is refused, and not asked for again', () => {
  const { getBuiltinModule } = process
  const outside = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  expect(() => Object.assign(config, { monitorThread: true })).toThrow('worker_threads')
  outside.mockRestore()
  expect([config.monitorThread, process.getBuiltinModule]).toEqual([false, getBuiltinModule])
})
