/**
 * A crawler in plain functions that look as if they blocked: three pages are fetched and saved, one after the other, then
 * all at the same time, where the first to be asked for is the last to arrive. `monkey.patchAll()` has files let others
 * run as well. The server stands in this file. Run with `plait run --colorless`.
 */
import { once } from 'node:events'
import * as fs from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as gevent from 'plait/gevent'
import { fetchSync, monkey, until } from 'plait/gevent'

monkey.patchAll()

/** How long the server takes for each page: so long that a busy machine makes no difference to who comes first. */
const delays: Record<string, number> = { '/python': 900, '/yahoo': 300, '/github': 600 }

const server = createServer(({ url = '/' }, response) => {
  setTimeout(() => response.end(`the page ${url}\n`.repeat(1000)), delays[url])
})
until(once(server.listen(0, '127.0.0.1'), 'listening'))
const { port } = server.address() as AddressInfo
const folder = fs.mkdtempSync(join(tmpdir(), 'crawled-'))

function urlopen(url: string) {
  return fetchSync(new URL(url, `http://127.0.0.1:${port}`))
}

function f(url: string) {
  console.log(`GET: ${url}`)
  const resp = urlopen(url)
  const data = resp.read()
  fs.writeFileSync(join(folder, `${url}.html`), data)
  console.log(`${data.length} bytes received from ${url}.`)
}

try {
  const urls = Object.keys(delays)

  console.log('one after the other:')
  let start = performance.now()
  for (const url of urls) f(url)
  const sequential = performance.now() - start

  console.log('at the same time:')
  start = performance.now()
  gevent.joinall(urls.map(url => gevent.spawn(f, url)))
  const concurrent = performance.now() - start

  console.log(`the second was faster: ${concurrent < sequential}`)
  console.log(`saved: ${fs.readdirSync(folder).join(', ')}`)
} finally {
  fs.rmSync(folder, { recursive: true })
  server.close()
  server.closeAllConnections()
}
