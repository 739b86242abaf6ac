import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlainResponse } from '../../../src/gevent/fetch-response.ts'
import { fetchSync } from '../../../src/gevent/fetch-sync.ts'
import { GreenletExit, sleep, spawn, Timeout } from '../../../src/gevent.ts'
import { until } from '../../../src/greenlet.ts'
import { CannotSuspendError, Future, run } from '../../../src/index.ts'

let server: Server
let base: string
/** Those that are answered never, or not to the end, and what they hear of their end. */
let hanging = new Future<ServerResponse>()

beforeAll(async () => {
  server = createServer((request, response) => {
    const [, path] = (request.url ?? '').split('/')
    if (path === 'hangs') hanging.setResult(response)
    else if (path === 'stops') {
      response.write('begun, ')
      hanging.setResult(response)
    } else if (path === 'json') {
      response.setHeader('content-type', 'application/json')
      response.end('{"n":5}')
    } else if (path === 'form') {
      response.setHeader('content-type', 'application/x-www-form-urlencoded')
      response.end('a=1&b=2')
    } else if (path === 'moved') {
      response.writeHead(302, { location: '/json' }).end()
    } else if (path === 'none') response.writeHead(404, 'Nothing Here').end('nothing')
    else if (path === 'echo') request.pipe(response)
    else response.end('text')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function inProgram<T>(body: () => T): Promise<T> {
  hanging = new Future<ServerResponse>()
  return run(body as never)
}

function connectionOf(response: ServerResponse): Promise<void> {
  return new Promise(resolve => response.once('close', resolve))
}

function thrownBy(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('fetchSync', () => {
  test('gives a response with all that one of fetch tells', async () => {
    await inProgram(() => {
      const response = fetchSync(`${base}/none`)
      const { status, statusText, ok, url, redirected, type, bodyUsed } = response
      expect({ status, statusText, ok, url, redirected, type, bodyUsed }).toEqual({
        status: 404,
        statusText: 'Nothing Here',
        ok: false,
        url: `${base}/none`,
        redirected: false,
        type: 'basic',
        bodyUsed: false,
      })
      expect(response.text()).toBe('nothing')
      expect(response.bodyUsed).toBe(true)
      const moved = fetchSync(new URL(`${base}/moved`))
      expect([moved.redirected, moved.ok, moved.headers.get('content-type')]).toEqual([
        true,
        true,
        'application/json',
      ])
      moved.close()
    })
  })

  test('has its body read in every way', async () => {
    await inProgram(() => {
      const get = (path: string): PlainResponse => fetchSync(`${base}/${path}`)
      const text = new TextEncoder().encode('text')
      expect(get('').text()).toBe('text')
      expect(get('json').json<{ n: number }>()).toEqual({ n: 5 })
      expect(get('').bytes()).toEqual(text)
      expect(get('').read()).toEqual(text)
      expect(new Uint8Array(get('').arrayBuffer())).toEqual(text)
      expect(get('').blob().size).toBe(4)
      expect([...get('form').formData()]).toEqual([
        ['a', '1'],
        ['b', '2'],
      ])
      expect(thrownBy(() => get('').json())).toBeInstanceOf(SyntaxError)
    })
  })

  test('sends what fetch would', async () => {
    await inProgram(() => {
      expect(fetchSync(`${base}/echo`, { method: 'POST', body: 'sent' }).text()).toBe('sent')
      expect(fetchSync(new Request(`${base}/echo`, { method: 'PUT', body: 'put' })).text()).toBe('put')
    })
  })

  test('reads no body twice', async () => {
    await inProgram(() => {
      const response = fetchSync(base)
      response.text()
      expect(thrownBy(() => response.text())).toBeInstanceOf(TypeError)
      expect(thrownBy(() => [...response])).toBeInstanceOf(TypeError)
    })
  })

  test('lets others run meanwhile', async () => {
    const log: string[] = []
    await inProgram(() => {
      const fetching = spawn(() => log.push(fetchSync(`${base}/hangs`).text()))
      const response = until(hanging)
      log.push('others run')
      response.end('answered')
      fetching.join()
    })
    expect(log).toEqual(['others run', 'answered'])
  })

  test('gives the pieces of a body as they come', async () => {
    const log: string[] = []
    await inProgram(() => {
      const reading = spawn(() => {
        for (const piece of fetchSync(`${base}/stops`)) log.push(new TextDecoder().decode(piece))
      })
      const response = until(hanging)
      while (log.length === 0) sleep(1)
      log.push('others run')
      response.end('ended')
      reading.get()
    })
    expect(log).toEqual(['begun, ', 'others run', 'ended'])
  })

  test('fails as fetch does', async () => {
    const gone = createServer()
    await new Promise<void>(resolve => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise(resolve => gone.close(resolve))
    const error = await inProgram(() => thrownBy(() => fetchSync(`http://127.0.0.1:${port}`)))
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } })
    expect(await inProgram(() => thrownBy(() => fetchSync('no address')))).toBeInstanceOf(TypeError)
  })

  test('ends by the signal it was given', async () => {
    const reason = new Error('no more')
    const error = await inProgram(() => {
      const controller = new AbortController()
      const fetching = spawn(() => thrownBy(() => fetchSync(`${base}/hangs`, { signal: controller.signal })))
      until(hanging)
      controller.abort(reason)
      return fetching.get()
    })
    expect(error).toBe(reason)
  })
})

describe('a greenlet that is ended', () => {
  test('while it waits for an answer gives up the request', async () => {
    const value = await inProgram(() => {
      const fetching = spawn(() => fetchSync(`${base}/hangs`))
      const response = until(hanging)
      fetching.kill()
      until(connectionOf(response))
      return fetching.value
    })
    expect(value).toBeInstanceOf(GreenletExit)
  })

  test('while it reads the body, or a piece of it, gives up the rest', async () => {
    const ends: unknown[] = []
    for (const read of [
      (response: PlainResponse) => response.text(),
      (response: PlainResponse) => {
        for (const piece of response) ends.push(piece.length)
      },
    ]) {
      await inProgram(() => {
        const reading = spawn(() => read(fetchSync(`${base}/stops`)))
        const response = until(hanging)
        sleep(20)
        reading.kill()
        until(connectionOf(response))
        ends.push((reading.value as unknown) instanceof GreenletExit)
      })
    }
    expect(ends).toEqual([true, 7, true])
  })

  test('by a timeout gives up the request, too', async () => {
    await inProgram(() => {
      const timeout = Timeout.startNew(30)
      expect(thrownBy(() => fetchSync(`${base}/hangs`))).toBe(timeout)
      until(connectionOf(until(hanging)))
    })
  })
})

describe('what is not read is let go', () => {
  test.each<[string, (response: PlainResponse) => void]>([
    ['by close', response => response.close()],
    ['by using', response => response[Symbol.dispose]()],
    [
      'by a loop that is left',
      response => {
        for (const _piece of response) break
      },
    ],
  ])('%s', async (_, leave) => {
    await inProgram(() => {
      const response = fetchSync(`${base}/stops`)
      const there = until(hanging)
      const closed = connectionOf(there)
      leave(response)
      until(closed)
    })
  })
})

describe('where nothing can be suspended', () => {
  test('fetchSync sends nothing', async () => {
    let requests = 0
    const count = (): void => {
      requests += 1
    }
    server.on('request', count)
    expect(() => fetchSync(base)).toThrow(CannotSuspendError)
    await expect(run(async () => fetchSync(base))).rejects.toThrow(CannotSuspendError)
    await fetch(base)
    server.off('request', count)
    expect(requests).toBe(1)
  })

  test('a body is not begun to be read', async () => {
    const response = await inProgram(() => fetchSync(base))
    expect(() => response.text()).toThrow('PlainResponse.text(…) cannot suspend here')
    expect(() => [...response]).toThrow('PlainResponse.next(…) cannot suspend here')
    expect(await inProgram(() => fetchSync(base).text())).toBe('text')
  })
})
