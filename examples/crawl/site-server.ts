/**
 * The crawler's own site, in a process of its own: the READMEs of the installed packages, with the faults of the
 * real web. Started by the crawler, it says where it listens and ends with whoever started it. By hand,
 * `node examples/crawl/site-server.ts` serves it for a browser.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { readBooks } from './readme-pages.ts'
import { layOut } from './site-pages.ts'
import { type Answer, ordinaryDelay, planAnswers } from './site-trouble.ts'

/** What the crawler is told once the site is up. */
export interface SiteReady {
  readonly kind: 'ready'
  readonly port: number
  readonly pages: number
}

const SEED = 2
const nodeModules = process.argv[2] ?? fileURLToPath(new URL('../../node_modules', import.meta.url))
const site = layOut(readBooks(nodeModules))
const answers = planAnswers([...site.html.keys()], site.leaves, SEED)

const server = createServer((request, response) => {
  const path = decodePath(request.url ?? '/')
  const [page, hop] = withoutHop(path)
  const answer: Answer = answers.get(page) ?? { kind: 'fine', delayMs: ordinaryDelay(path, SEED) }
  setTimeout(() => reply(answer, page, hop, request, response), answer.delayMs)
})
// The crawler's connections outlive the pauses between its two rounds.
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const ready: SiteReady = { kind: 'ready', port, pages: site.html.size }
  if (process.send === undefined) console.log(`${ready.pages} pages at http://127.0.0.1:${port}/`)
  else process.send(ready)
})

if (process.send !== undefined) {
  // Ctrl-C and a service manager reach the whole group: it is the crawler that decides when the site ends.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
  process.on('disconnect', () => process.exit())
}

function reply(
  answer: Answer,
  page: string,
  hop: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const html = site.html.get(page)
  if (page === '/home') redirect(response, '/')
  else if (html === undefined) send(response, 404, 'there is no such page\n')
  else if (answer.kind === 'failing') send(response, 500, 'something went wrong\n')
  else if (answer.kind === 'reset') request.socket.resetAndDestroy()
  else if (answer.kind === 'cut-off') {
    const body = Buffer.from(html)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length })
    response.write(body.subarray(0, body.length / 2), () => request.socket.destroy())
  } else if (answer.kind === 'looping') redirect(response, `${page}?moved=${(hop + 1) % 3}`)
  else if (answer.kind === 'moved' && hop < answer.hops) redirect(response, `${page}?moved=${hop + 1}`)
  else send(response, 200, html)
}

function send(response: ServerResponse, status: number, body: string): void {
  const kind = body.startsWith('<!doctype') ? 'text/html' : 'text/plain'
  response.writeHead(status, {
    'content-type': `${kind}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(301, { location: encodeURI(to), 'content-length': 0 })
  response.end()
}

/** The page that is asked for, and how often the asker was sent on already. */
function withoutHop(path: string): [page: string, hop: number] {
  const moved = /\?moved=(\d+)$/.exec(path)
  return moved === null ? [path, 0] : [path.slice(0, moved.index), Number(moved[1])]
}

function decodePath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path // no address of ours: it will not be found
  }
}
