import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { crawl, row, sectionCount } from './crawl.ts'

interface Visited {
  readonly url: string
  readonly paths: string[]
  readonly agents: Set<string | undefined>
  peak: number
}

/** A site of somebody else, on loopback, which notes who asks for what. */
async function serve(answer: RequestListener): Promise<Visited> {
  let underway = 0
  const server = createServer((request, response) => {
    underway += 1
    visited.peak = Math.max(visited.peak, underway)
    visited.paths.push(request.url ?? '')
    visited.agents.add(request.headers['user-agent'])
    response.on('close', () => {
      underway -= 1
    })
    // Answered in a later turn, so that requests sent at once are under way at once.
    setImmediate(() => answer(request, response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const visited: Visited = { url, paths: [], agents: new Set(), peak: 0 }
  return visited
}

/** A tree of pages: /, /1 … /9, /11 … /99, each linking to its nine children and to what robots.txt forbids. */
const tree: RequestListener = (request, response) => {
  if (request.url === '/robots.txt') {
    response.end('User-agent: *\nDisallow: /5')
    return
  }
  const links = Array.from(
    { length: 9 },
    (_, n) => `<a href="${request.url === '/' ? '' : request.url}/${n + 1}">x</a>`,
  )
  response.setHeader('content-type', 'text/html')
  response.end(
    `<title>${request.url}</title><p>text &lt;b&gt;</p>${links.join('')}<a href="http://127.0.0.1:9/">out</a>`,
  )
}

test("another's site is crawled once, within depth, pages, concurrency and its robots.txt", async () => {
  const site = await serve(tree)
  const run = crawl(`${site.url}/`, '--depth', '2', '--concurrency', '3', '--timeout', '30000')
  const { code, stdout, stderr } = await run.ended
  expect({ code, stderr: stderr.replace(/^crawling: .*\n/gm, '') }).toEqual({ code: 0, stderr: '' })
  expect(row(stdout, 'pages')).toEqual([String(1 + 8 + 8 * 9)])
  expect(row(stdout, 'peak concurrency')).toEqual(['3'])
  expect(stdout).toMatch(/^\* not measured: /m)
  expect(site.paths.filter(path => path.startsWith('/5') || path.split('/').length > 3)).toEqual([])
  // The start is asked for twice: first only to see where it leads.
  expect(site.paths.length).toBe(new Set(site.paths).size + 1)
  expect([...site.agents]).toEqual(['plait-crawl'])
  expect(site.peak).toBeLessThanOrEqual(3)
  expect(sectionCount(run.data())).toBe(81)
  expect(run.data()).toContain('<p>text &lt;b&gt;</p>')
})

test('no more pages are asked for than allowed', async () => {
  const site = await serve(tree)
  const { code, stdout } = await crawl(`${site.url}/`, '--pages', '10', '--timeout', '30000').ended
  expect([code, row(stdout, 'pages')]).toEqual([0, ['10']])
  expect(new Set(site.paths).size).toBe(10 + 1)
})

test('redirections are followed within the site, and nothing is read twice', async () => {
  const site = await serve((request, response) => {
    const to = (location: string): void => {
      response.writeHead(302, { location }).end()
    }
    if (request.url === '/') {
      const links = ['/a', '/b', '/out', '/nowhere', '/long/1', '/self', '/picture', '/huge'].map(
        path => `<a href="${path}">x</a>`,
      )
      response.writeHead(200, { 'content-type': 'text/html' }).end(links.join(''))
    } else if (request.url === '/a' || request.url === '/b') to('/end')
    else if (request.url === '/out') to('http://127.0.0.1:9/')
    else if (request.url === '/nowhere') to('mailto:x@y')
    else if (request.url === '/self') to('/self')
    else if (request.url?.startsWith('/long/')) to(`/long/${Number(request.url.slice(6)) + 1}`)
    else if (request.url === '/picture') response.writeHead(200, { 'content-type': 'image/png' }).end('png')
    else if (request.url === '/huge')
      response.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(5_000_001))
    else if (request.url === '/end') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>end')
    else response.writeHead(404).end()
  })
  const { code, stdout } = await crawl(`${site.url}/`, '--timeout', '30000').ended
  expect(code).toBe(0)
  expect(row(stdout, 'pages')).toEqual(['2'])
  expect(stdout).toMatch(/^ {2}\/nowhere +302 leads nowhere \(location: mailto:x@y\)$/m)
  expect(stdout).toMatch(/^ {2}\/self +redirects in a circle of 1$/m)
  expect(stdout).toMatch(/^ {2}\/long\/1 +redirects more than 5 times$/m)
  expect(stdout).toMatch(/^ {2}\/huge +larger than 5000000 bytes$/m)
  expect(stdout).toMatch(/^ {2}\/out +leads out of the site, to http:\/\/127\.0\.0\.1:9\/$/m)
  expect(stdout).toMatch(/^ {2}\/picture +no text \(image\/png\)$/m)
  expect(stdout).toMatch(/^ {2}\/[ab] +leads to .*\/end, which is known$/m)
})

test('a site that cannot be reached, or does not want us, is one line', async () => {
  const site = await serve((request, response) => {
    response.end(request.url === '/robots.txt' ? 'User-agent: plait-crawl\nDisallow: /' : '')
  })
  const away = await crawl(`${site.url}/`).ended
  expect(away).toMatchObject({ code: 1, stdout: '' })
  expect(away.stderr).toMatch(/^crawl: http\S+ cannot be crawled: its robots\.txt.*\n$/)

  const gone = await crawl('http://127.0.0.1:9/').ended
  expect(gone).toMatchObject({ code: 1, stdout: '' })
  expect(gone.stderr).toMatch(/^crawl: http\S+ cannot be crawled: .+\n$/)
})

test('Ctrl-C aborts every request under way', async () => {
  const aborted: Promise<unknown>[] = []
  const site = await serve((request, response) => {
    if (request.url === '/' || request.url === '/robots.txt') tree(request, response)
    else aborted.push(once(response, 'close'))
  })
  const run = crawl(`${site.url}/`, '--concurrency', '3', '--timeout', '600000')
  while (aborted.length < 3) await new Promise(resolve => setImmediate(resolve))
  run.process.kill('SIGINT')
  const { code, stdout } = await run.ended
  await Promise.all(aborted)
  expect(code).toBe(130)
  expect(row(stdout, 'pages')).toEqual(['1'])
  expect(sectionCount(run.data())).toBe(1)
})
