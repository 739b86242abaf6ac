import { coroutine, isCancelled, type Operation, TimeoutError, timeout, until } from 'plait'
import { type PageContent, readContent, resolve, sameOrigin } from './page-content.ts'

/** What became of one address. */
export type Visit =
  | { readonly kind: 'page'; readonly url: string; readonly bytes: number; readonly content: PageContent }
  | { readonly kind: 'broken'; readonly url: string; readonly why: string }
  | { readonly kind: 'passed-over'; readonly url: string; readonly why: string }

export interface VisitLimits {
  /** For the whole visit, redirections and body included. */
  readonly timeoutMs: number
  readonly maxRedirects: number
  readonly maxBytes: number
  readonly userAgent: string
}

type Download =
  | { readonly kind: 'redirect'; readonly status: number; readonly to: string | null }
  | { readonly kind: 'body'; readonly bytes: Uint8Array; readonly type: string }
  | { readonly kind: 'status'; readonly status: number; readonly text: string }
  | { readonly kind: 'no-text'; readonly type: string }

/**
 * Fetches one page, redirections followed. Whatever a site can do wrong becomes a `broken` visit; only a cancel, and
 * a fault of this program, come out as errors.
 */
export const visit = coroutine(function* visit(url: string, limits: VisitLimits): Operation<Visit> {
  try {
    return yield* timeout(limits.timeoutMs, follow(url, limits))
  } catch (error) {
    if (isCancelled(error)) throw error
    const why = whyBroken(error, limits)
    if (why === undefined) throw error
    return { kind: 'broken', url, why }
  }
})

/** Goes from redirection to redirection, to the page, in circles, or out of the site. */
const follow = coroutine(function* follow(start: string, limits: VisitLimits): Operation<Visit> {
  const passed = [start]
  for (;;) {
    const url = passed.at(-1) as string
    const reply = yield* download(url, limits)
    switch (reply.kind) {
      case 'body': {
        const text = new TextDecoder().decode(reply.bytes)
        const content = /html/i.test(reply.type)
          ? readContent(text, url)
          : { title: url, blocks: [{ kind: 'code', text } as const], links: [] }
        return { kind: 'page', url, bytes: reply.bytes.length, content }
      }
      case 'status':
        return { kind: 'broken', url: start, why: `${reply.status} ${reply.text}`.trim() }
      case 'no-text':
        return { kind: 'passed-over', url: start, why: `no text (${reply.type})` }
      case 'redirect': {
        const next = reply.to === null ? undefined : resolve(reply.to, url)
        if (next === undefined)
          return { kind: 'broken', url: start, why: `${reply.status} leads nowhere (location: ${reply.to})` }
        const circle = passed.length - passed.indexOf(next)
        if (passed.includes(next))
          return { kind: 'broken', url: start, why: `redirects in a circle of ${circle}` }
        if (!sameOrigin(next, start))
          return { kind: 'passed-over', url: start, why: `leads out of the site, to ${next}` }
        if (passed.length > limits.maxRedirects)
          return { kind: 'broken', url: start, why: `redirects more than ${limits.maxRedirects} times` }
        passed.push(next)
      }
    }
  }
})

/** One request and its answer: cancelling the wait aborts it, body or head. */
const download = coroutine(function* download(
  url: string,
  { maxBytes, userAgent }: VisitLimits,
): Operation<Download> {
  return yield* until(async (signal): Promise<Download> => {
    const headers = { 'user-agent': userAgent, accept: 'text/html, text/*;q=0.5' }
    const response = await fetch(url, { signal, headers, redirect: 'manual' })
    const { status } = response
    const type = response.headers.get('content-type') ?? 'no content type'
    const isRedirect = status >= 300 && status < 400 && status !== 304
    if (isRedirect || !response.ok || !/^text\/|html/i.test(type)) {
      await response.body?.cancel()
      if (isRedirect) return { kind: 'redirect', status, to: response.headers.get('location') }
      return response.ok ? { kind: 'no-text', type } : { kind: 'status', status, text: response.statusText }
    }
    return { kind: 'body', bytes: await readBody(response, maxBytes), type }
  })
})

class TooLargeError extends Error {}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new TooLargeError() // leaving the loop gives the connection back
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What a site did wrong, in a few words; `undefined` if it was not the site. */
function whyBroken(error: unknown, limits: VisitLimits): string | undefined {
  if (error instanceof TimeoutError) return `no answer within ${limits.timeoutMs} ms`
  if (error instanceof TooLargeError) return `larger than ${limits.maxBytes} bytes`
  // fetch says what went wrong on the way as a TypeError, and why in its cause.
  if (!(error instanceof TypeError) || !/^(fetch failed|terminated)/.test(error.message)) return undefined
  const cause: { code?: unknown; message?: unknown } = Object(error.cause)
  if (error.message.startsWith('terminated')) return 'cut off in the middle of the body'
  if (cause.code === 'ECONNRESET' || cause.code === 'UND_ERR_SOCKET') return 'connection reset'
  if (cause.code === 'ECONNREFUSED') return 'connection refused'
  if (cause.code === 'ENOTFOUND' || cause.code === 'EAI_AGAIN') return 'no such host'
  return String(cause.message || cause.code || error.message)
}
