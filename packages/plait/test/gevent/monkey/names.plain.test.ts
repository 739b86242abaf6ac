import dns from 'node:dns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getaddrinfo, gethostbyname } from '../../../src/gevent/lookup.ts'
import { isObjectPatched, patchDns } from '../../../src/gevent/monkey.ts'
import { CannotSuspendError, run, sleep } from '../../../src/index.ts'
import { inGreenlet, told } from './both-ways.ts'
import { nameServer } from './dns-server.ts'

type Anything = Record<string, (...args: unknown[]) => unknown>

let server: Awaited<ReturnType<typeof nameServer>>
const resolver = new dns.Resolver()
const loose = resolver as unknown as Anything
const loosely = dns as unknown as Anything

beforeAll(async () => {
  server = await nameServer()
  resolver.setServers([server.address])
  dns.setServers([server.address])
  patchDns()
})

afterAll(() => server.close())

describe('in a greenlet, without a callback, a lookup gives and throws what that of a promise does', () => {
  const promised = new dns.promises.Resolver()
  const rows: [name: string, call: () => unknown, promise: () => Promise<unknown>][] = [
    ['lookup', () => loosely.lookup?.('127.0.0.1'), () => dns.promises.lookup('127.0.0.1')],
    ['lookup, a family', () => loosely.lookup?.('::1', 6), () => dns.promises.lookup('::1', 6)],
    [
      'lookup, all',
      () => loosely.lookup?.('127.0.0.1', { all: true }),
      () => dns.promises.lookup('127.0.0.1', { all: true }),
    ],
    [
      'lookup of none',
      () => loosely.lookup?.('no.such.invalid'),
      () => dns.promises.lookup('no.such.invalid'),
    ],
    ['resolve', () => loose.resolve?.('known.test'), () => promised.resolve('known.test')],
    [
      'resolve, a kind',
      () => loose.resolve?.('known.test', 'TXT'),
      () => promised.resolve('known.test', 'TXT'),
    ],
    ['resolve4', () => loose.resolve4?.('known.test'), () => promised.resolve4('known.test')],
    [
      'resolve4, options',
      () => loose.resolve4?.('known.test', { ttl: true }),
      () => promised.resolve4('known.test', { ttl: true }),
    ],
    ['resolveTxt', () => loose.resolveTxt?.('known.test'), () => promised.resolveTxt('known.test')],
    ['reverse', () => loose.reverse?.('1.2.3.4'), () => promised.reverse('1.2.3.4')],
    ['resolve4 of none', () => loose.resolve4?.('unknown.test'), () => promised.resolve4('unknown.test')],
    ['the module’s own', () => loosely.resolve4?.('known.test'), () => promised.resolve4('known.test')],
  ]
  test.each(rows)('%s', async (_, call, promise) => {
    promised.setServers([server.address])
    const expected = await promise().then(
      value => ({ value, hasWaited: true }),
      error => ({ error, hasWaited: true }),
    )
    const found = await inGreenlet(call)
    expect(told(found)).toEqual(told(expected))
    expect(found.hasWaited).toBe(true)
  })
})

test('with a callback a lookup calls it, as ever', async () => {
  const heard: unknown[] = []
  await run((() => {
    dns.lookup('127.0.0.1', (_error, address) => heard.push(address))
    resolver.resolve4('known.test', (_error, addresses) => heard.push(addresses))
  }) as never)
  while (heard.length < 2) await run(sleep(1))
  expect(heard).toContain('127.0.0.1')
  expect(heard).toContainEqual(['1.2.3.4'])
})

test('without one, and outside of greenlets, it is the error that it ever was', () => {
  expect(() => loosely.lookup?.('127.0.0.1')).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
  )
  expect(() => loose.resolve4?.('x')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
})

test('setting the servers makes new functions, which are patched by patching again', () => {
  expect(isObjectPatched('dns', 'resolve4')).toBe(true)
  dns.setServers([server.address])
  expect(isObjectPatched('dns', 'resolve4')).toBe(false)
  patchDns()
  expect(isObjectPatched('dns', 'resolve4')).toBe(true)
})

describe('for programs that come from sockets', () => {
  test('gethostbyname gives an address', async () => {
    expect(await run((() => [gethostbyname('localhost'), gethostbyname('10.1.2.3')]) as never)).toEqual([
      '127.0.0.1',
      '10.1.2.3',
    ])
    await expect(run((() => gethostbyname('no.such.invalid')) as never)).rejects.toMatchObject({
      syscall: 'getaddrinfo',
      hostname: 'no.such.invalid',
    })
  })

  test('getaddrinfo gives all, with the port', async () => {
    expect(await run((() => getaddrinfo('127.0.0.1', '80')) as never)).toEqual([
      { family: 4, address: '127.0.0.1', port: 80 },
    ])
    expect(await run((() => getaddrinfo('::1', 5, { family: 6 })) as never)).toEqual([
      { family: 6, address: '::1', port: 5 },
    ])
    expect(await run((() => getaddrinfo(undefined, undefined, { family: 4 })[0]) as never)).toEqual({
      family: 4,
      address: '127.0.0.1',
      port: 0,
    })
  })

  test('both say so where nothing can be suspended', () => {
    expect(() => gethostbyname('localhost')).toThrow(CannotSuspendError)
    expect(() => getaddrinfo('localhost')).toThrow(CannotSuspendError)
  })
})
