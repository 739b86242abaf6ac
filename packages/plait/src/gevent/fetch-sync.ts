import type { Waiting } from '../coroutine/wait.ts'
import { plainWait } from '../greenlet/plain-wait.ts'
import { PlainResponse } from './fetch-response.ts'
import { fetching } from './fetch-waiting.ts'

/**
 * Fetches a resource and gives the response, of which the body is read by plain calls too: what `fetch` is to an async
 * function, to a greenlet.
 *
 * Suspends: until the response has begun. Cancellation: the request is aborted, as by the `signal` it was given.
 *
 * @throws CannotSuspendError where nothing can be suspended, before anything is sent; what `fetch` rejects with: a TypeError if
 * there is no answer, the signal's reason if that is aborted. An answer like 404 is no error.
 * @example
 * ```ts
 * spawn(() => {
 *   const response = fetchSync('https://example.org/')
 *   console.log(response.status, response.text().length)
 * })
 * ```
 * @see urllib.request.urlopen, under gevent.monkey
 */
export const fetchSync: (input: string | URL | Request, init?: RequestInit) => PlainResponse = plainWait(
  'fetchSync',
  responding,
)

function* responding(input: string | URL | Request, init?: RequestInit): Waiting<PlainResponse> {
  const controller = new AbortController()
  const given = init?.signal ?? (input instanceof Request ? input.signal : undefined)
  const signal = given ? AbortSignal.any([controller.signal, given]) : controller.signal
  const name = input instanceof Request ? input.url : String(input)
  const response = yield* fetching(fetch(input, { ...init, signal }), `the answer of ${name}`, () =>
    controller.abort(),
  )
  return new PlainResponse(response, controller)
}
