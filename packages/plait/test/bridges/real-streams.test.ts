import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGunzip, createGzip } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  asyncGenerator,
  Channel,
  createTask,
  type Emit,
  events,
  gather,
  isCancelled,
  type Operation,
  once,
  pipe,
  run,
  sourceOf,
  toReadableStream,
  until,
} from '../../src/index.ts'
import { errorOf } from '../tasks/endings.ts'

async function withFolder(body: (folder: string) => Operation<unknown>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plait-bridges-'))
  try {
    await run(() => body(folder))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A server on loopback while a body runs; it must end by itself. */
async function withServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  body: (url: string) => Operation<unknown>,
): Promise<void> {
  await run(function* () {
    const server = createServer(answer)
    const listening = once(server, 'listening')
    server.listen(0, '127.0.0.1')
    yield* listening
    try {
      yield* body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    } finally {
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      yield* closed
    }
  })
}

test('a file goes through a channel into gzip and back, and comes out the same', async () => {
  await withFolder(function* (folder) {
    const [original, packed, copy] = ['original', 'packed.gz', 'copy'].map(name => join(folder, name)) as [
      string,
      string,
      string,
    ]
    yield* until(writeFile(original, randomBytes(1_500_000)))
    const chunks = new Channel<Buffer>({ capacity: 4 })
    const zip = createGzip()
    yield* gather(
      pipe<Buffer>(createReadStream(original), chunks),
      pipe(chunks, zip),
      pipe<Buffer>(zip, createWriteStream(packed)),
    )
    const unzip = createGunzip()
    yield* gather(pipe<Buffer>(createReadStream(packed), unzip), pipe<Buffer>(unzip, createWriteStream(copy)))
    const [before, after] = yield* gather(
      () => readFile(original),
      () => readFile(copy),
    )
    expect(after.equals(before)).toBe(true)
  })
})

test('a broken archive fails the whole line, and every file of it is closed', async () => {
  await withFolder(function* (folder) {
    const packed = join(folder, 'broken.gz')
    yield* until(writeFile(packed, 'this is no archive'))
    const from = createReadStream(packed)
    const to = createWriteStream(join(folder, 'never'))
    const unzip = createGunzip()
    const first = createTask(pipe<Buffer>(from, unzip))
    const second = createTask(pipe<Buffer>(unzip, to))
    expect(yield* errorOf(second)).toMatchObject({ code: 'Z_DATA_ERROR' })
    expect(yield* errorOf(first)).toMatchObject({ code: 'Z_DATA_ERROR' })
    expect([from.closed, unzip.closed, to.closed]).toEqual([true, true, true])
  })
})

test('the body of a response, cancelled halfway: the server sees it go', async () => {
  const gone = Promise.withResolvers<string>()
  await withServer(
    (_request, response) => {
      response.on('close', () => gone.resolve(response.writableFinished ? 'finished' : 'aborted'))
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536)));
        response.once('drain', more)
      }
      more()
    },
    function* (url) {
      const response = yield* until(signal => fetch(url, { signal }))
      let size = 0
      const reader = createTask(
        sourceOf(response.body as ReadableStream<Uint8Array>).forEach(function* (chunk) {
          size += chunk.length
          if (size > 300_000) reader.cancel()
        }),
      )
      expect(yield* errorOf(reader)).toSatisfy(isCancelled)
      expect(size).toBeGreaterThan(300_000)
      expect(response.body?.locked).toBe(false)
      expect(yield* until(gone.promise)).toBe('aborted')
    },
  )
})

test('the body of a request comes from a generator, and the answer’s lines go to one', async () => {
  const lines = asyncGenerator(function* lines(emit: Emit<string>, source: ReadableStream<Uint8Array>) {
    let rest = ''
    const decoder = new TextDecoder()
    yield* sourceOf(source).forEach(function* (chunk) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) yield* emit(line)
    })
    if (rest !== '') yield* emit(rest)
  })
  const numbers = asyncGenerator(function* numbers(emit: Emit<Uint8Array>) {
    for (let n = 0; n < 1000; n += 1) yield* emit(new TextEncoder().encode(`${n}\n`))
  })
  await withServer(
    (request, response) => void request.pipe(response),
    function* (url) {
      const body = toReadableStream(numbers())
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
      const response = yield* until(signal => fetch(url, { ...init, signal }))
      const back = yield* lines(response.body as ReadableStream<Uint8Array>).toArray()
      expect(back).toEqual(Array.from({ length: 1000 }, (_, n) => String(n)))
    },
  )
})

test('a server told by its events pipes what each client sends back to it', async () => {
  await run(function* () {
    const server = createServer()
    using requests = events<[IncomingMessage, ServerResponse]>(server, 'request')
    const listening = once(server, 'listening')
    server.listen(0, '127.0.0.1')
    yield* listening
    const echo = createTask(
      requests.forEach(function* ([request, response]) {
        yield* pipe<Buffer>(request, response)
      }),
    )
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const payload = 'x'.repeat(200_000)
    for (let n = 0; n < 3; n += 1) {
      const response = yield* until(signal => fetch(url, { method: 'POST', body: payload, signal }))
      expect(yield* until(response.text())).toBe(payload)
    }
    echo.cancel()
    yield* errorOf(echo)
    expect(server.listenerCount('request')).toBe(0)
    server.closeAllConnections()
    const closed = once(server, 'close')
    server.close()
    yield* closed
  })
})
