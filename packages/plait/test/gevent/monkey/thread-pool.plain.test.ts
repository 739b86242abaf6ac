import crypto from 'node:crypto'
import zlib from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { patchAtomics, patchCrypto, patchZlib } from '../../../src/gevent/monkey.ts'
import { createTask, run, sleep } from '../../../src/index.ts'
import { compare } from './compare.ts'

beforeAll(() => {
  patchAtomics()
  patchCrypto()
  patchZlib()
})

const ciphers = crypto as unknown as Record<string, (...args: unknown[]) => unknown>
const packers = zlib as unknown as Record<string, (...args: unknown[]) => unknown>
const atOnce = (call: () => unknown) => ({ call, isAtOnce: true })

describe('Atomics.wait gives and throws in a greenlet what it does elsewhere', () => {
  const shared = (value = 0): Int32Array => new Int32Array(new SharedArrayBuffer(16)).fill(value)
  compare([
    () => Atomics.wait(shared(), 0, 0, 20),
    () => Atomics.wait(new BigInt64Array(new SharedArrayBuffer(8)), 0, 0n, 20),
    atOnce(() => Atomics.wait(shared(), 0, 5)),
    atOnce(() => Atomics.wait(shared(), 0, 5, 1000)),
    atOnce(() => Atomics.wait(shared(), 0, 0, 0)),
    atOnce(() => Atomics.wait(shared(), 0, 0, -5)),
    atOnce(() => Atomics.wait(new Int32Array(4), 0, 0, 5)),
    atOnce(() => Atomics.wait(shared(), 9, 0, 5)),
    atOnce(() => Atomics.wait(new Uint8Array(4) as never, 0, 0, 5)),
    atOnce(() => (Atomics.wait as unknown as () => unknown)()),
  ])

  test('one greenlet wakes another', async () => {
    const cell = shared()
    const found = await run(function* () {
      const waiting = createTask((() => Atomics.wait(cell, 0, 0)) as never)
      yield* sleep(1)
      Atomics.notify(cell, 0)
      return yield* waiting
    })
    expect(found).toBe('ok')
  })

  test('one that was cancelled does not keep a wake-up from the next', async () => {
    const cell = shared()
    const found = await run(function* () {
      const first = createTask((() => Atomics.wait(cell, 0, 0)) as never)
      const second = createTask((() => Atomics.wait(cell, 0, 0)) as never)
      yield* sleep(1)
      first.cancel()
      yield* sleep(1)
      Atomics.notify(cell, 0, 1)
      return yield* second
    })
    expect(found).toBe('ok')
  })
})

describe('crypto gives and throws in a greenlet what it does elsewhere', () => {
  const text = (value: unknown): unknown => Buffer.from(value as ArrayBuffer).toString('hex')
  const pair = (...args: unknown[]): unknown => {
    const { publicKey, privateKey } = (ciphers.generateKeyPairSync?.(...args) ??
      {}) as Partial<crypto.KeyPairKeyObjectResult>
    return [publicKey?.type, privateKey?.asymmetricKeyType]
  }
  compare([
    () => text(crypto.pbkdf2Sync('secret', 'salt', 10, 16, 'sha256')),
    () => text(crypto.scryptSync('secret', 'salt', 16)),
    () => text(crypto.scryptSync('secret', 'salt', 16, { N: 1024 })),
    () => text(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 16)),
    () => crypto.hkdfSync('sha256', 'key', 'salt', 'info', 16).constructor.name,
    () => pair('ec', { namedCurve: 'P-256' }),
    () => pair('ed25519'),
    () =>
      crypto.generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      }).publicKey.length,
    () => crypto.generateKeySync('aes', { length: 128 }).symmetricKeySize,
    () => crypto.generatePrimeSync(32).byteLength,
    () => typeof crypto.generatePrimeSync(32, { bigint: true }),
    () => crypto.checkPrimeSync(7n),
    () => crypto.checkPrimeSync(8n, { checks: 5 }),
    () => {
      const bytes = Buffer.alloc(8)
      return [crypto.randomFillSync(bytes) === bytes, crypto.randomFillSync(bytes, 4, 2) === bytes]
    },
    () => ciphers.randomFillSync?.(new ArrayBuffer(4)),
    () => crypto.randomBytes(5).length,
    () => crypto.randomInt(1),
    () => crypto.randomInt(7, 8),
    ...(ciphers.argon2Sync === undefined
      ? []
      : [
          () =>
            text(
              ciphers.argon2Sync?.('argon2id', {
                message: 'secret',
                nonce: Buffer.alloc(16),
                parallelism: 1,
                tagLength: 16,
                memory: 64,
                passes: 1,
              }),
            ),
        ]),
  ])
  compare(
    [
      () => crypto.pbkdf2Sync('secret', 'salt', 10, 16, 'no digest'),
      () => crypto.pbkdf2Sync('secret', 'salt', -1, 16, 'sha256'),
      () => crypto.scryptSync('secret', 'salt', 16, { N: 3 }),
      () => crypto.hkdfSync('sha256', 'key', 'salt', 'info', 1e9),
      () => ciphers.generateKeyPairSync?.('nonsense'),
      () => ciphers.generateKeyPairSync?.('rsa', { modulusLength: -1 }),
      () => ciphers.generateKeySync?.('aes', { length: 5 }),
      () => crypto.generatePrimeSync(-1),
      () => ciphers.checkPrimeSync?.('x'),
      () => crypto.randomFillSync(Buffer.alloc(4), 9),
      () => crypto.randomBytes(-1),
      () => crypto.randomInt(5, 1),
      () => ciphers.randomInt?.('x'),
    ].map(atOnce),
  )

  test('with a callback randomBytes and randomInt call it, as ever', async () => {
    const found: unknown[] = []
    await run(function* () {
      yield* createTask((() => {
        found.push(ciphers.randomBytes?.(2, (_error: unknown, bytes: Buffer) => found.push(bytes.length)))
        found.push(ciphers.randomInt?.(5, 6, (_error: unknown, n: number) => found.push(n)))
      }) as never)
      while (found.length < 4) yield* sleep(1)
    })
    expect(found.slice(0, 2)).toEqual([undefined, undefined])
    expect(found.slice(2).toSorted()).toEqual([2, 5])
  })
})

describe('zlib gives and throws in a greenlet what it does elsewhere', () => {
  const pairs = [
    ['deflate', 'inflate'],
    ['gzip', 'gunzip'],
    ['deflateRaw', 'inflateRaw'],
    ['deflate', 'unzip'],
    ['brotliCompress', 'brotliDecompress'],
    ['zstdCompress', 'zstdDecompress'],
  ].filter(([name]) => `${name}Sync` in packers)
  const long = 'to and fro '.repeat(10_000)
  compare(
    pairs.flatMap(([there, back]) => {
      const pack = (...args: unknown[]): Buffer => packers[`${there}Sync`]?.(...args) as Buffer
      const unpack = (...args: unknown[]): unknown => packers[`${back}Sync`]?.(...args)
      const packed = pack(long)
      return [
        () => pack('text'),
        () => pack(Buffer.from(long)),
        () => pack(new Uint8Array(5), {}),
        () => pack(''),
        () => `${unpack(packed)}`.length,
        () => unpack(packed, { maxOutputLength: 10 }),
        () => unpack(Buffer.from('no such data')),
        () => unpack(packed.subarray(0, 20)),
        () => unpack(''),
        () => Object.keys(pack('x', { info: true })).toSorted(),
      ]
    }),
  )
  compare(
    pairs.flatMap(([there, back]) =>
      [
        () => packers[`${there}Sync`]?.(5),
        () => packers[`${back}Sync`]?.(),
        () => packers[`${there}Sync`]?.('x', { chunkSize: 1 }),
      ].map(atOnce),
    ),
  )

  test('every blocking function is compared', () => {
    const known = new Set(pairs.flat())
    expect(
      Object.keys(zlib).filter(name => name.endsWith('Sync') && !known.has(name.replace(/Sync$/, ''))),
    ).toEqual([])
  })
})
