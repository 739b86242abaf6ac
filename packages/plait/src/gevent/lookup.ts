import { nodeModule } from '../coroutine/node-module.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-patching.ts'
import { plainWait } from '../greenlet/plain-wait.ts'
import { settled } from '../tasks/follow-promise.ts'

/** How to look up an address. */
export interface AddressOptions {
  /** Only addresses of this version of IP. */
  family?: 4 | 6 | undefined
}

/** Where something can be reached. */
export interface AddressInfo {
  family: 4 | 6
  address: string
  /** 0 where none was asked for. */
  port: number
}

/**
 * The IPv4 address of a host; of an address that very address.
 *
 * Suspends: always. Cancellation: takes effect at once; the lookup goes on, unheard.
 *
 * @throws CannotSuspendError where nothing can be suspended; what `dns.lookup` fails with, `ENOTFOUND` for one
 * @example
 * ```ts
 * spawn(() => console.log(gethostbyname('localhost'))) // 127.0.0.1
 * ```
 * @see gevent.socket.gethostbyname
 */
export const gethostbyname: (hostname: string) => string = plainWait('gethostbyname', byName)

/**
 * All addresses of a host, of both versions of IP, in the order that the system prefers. Without a host, those of this one.
 *
 * Suspends: always. Cancellation: takes effect at once; the lookup goes on, unheard.
 *
 * @param port which each of them gets, as a number or its digits
 * @throws CannotSuspendError where nothing can be suspended; MisuseError for a port that is none; what `dns.lookup` fails with
 * @example
 * ```ts
 * spawn(() => {
 *   for (const { address, port } of getaddrinfo('localhost', 80)) console.log(address, port)
 * })
 * ```
 * @see gevent.socket.getaddrinfo
 */
export const getaddrinfo: (
  hostname: string | undefined,
  port?: number | string,
  options?: AddressOptions,
) => AddressInfo[] = plainWait('getaddrinfo', addresses)

function* byName(hostname: string): Waiting<string> {
  const { address } = yield* settled(names().lookup(hostname, { family: 4 }), `the address of ${hostname}`)
  return address
}

function* addresses(
  hostname: string | undefined,
  port: number | string = 0,
  { family }: AddressOptions = {},
): Waiting<AddressInfo[]> {
  const number = portOf(port)
  const host = hostname ?? 'localhost'
  const found = yield* settled(
    names().lookup(host, { all: true, family: family ?? 0 }),
    `the addresses of ${host}`,
  )
  return found.map(one => ({ family: one.family === 6 ? 6 : 4, address: one.address, port: number }))
}

function names(): typeof import('node:dns/promises') {
  const found = nodeModule<typeof import('node:dns/promises')>('node:dns/promises')
  if (found === undefined) throw misuse('noNames')
  return found
}

function portOf(port: number | string): number {
  const number = typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw misuse('badPort', port)
  }
  return number
}
