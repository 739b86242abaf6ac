import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]

/** The Chromium of the machine, or the one that the environment names. */
function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found =
    process.env.PLAIT_CHROMIUM ??
    folders.flatMap(folder => NAMES.map(name => join(folder, name))).find(path => existsSync(path))
  if (found !== undefined) return found
  throw new Error(
    `bundles are tried in a browser, and there is no Chromium here (${NAMES.join(', ')} on the PATH): ` +
      'install it (apt-get install chromium), or name one in PLAIT_CHROMIUM',
  )
}

/**
 * Opens a page that runs a script as a module, and gives the lines it logs up to \`end\`. An error of the page is one of
 * the test's.
 */
export async function linesOfPage(script: string): Promise<string[]> {
  const server = await serving({
    '/': ['text/html', '<!doctype html><script type="module" src="/script.js"></script>'],
    '/script.js': ['text/javascript', script],
  })
  const { port } = server.address() as { port: number }
  return await linesAt(`http://127.0.0.1:${port}/`)
}

/** As linesOfPage, of a page that somebody else serves. */
export async function linesAt(url: string): Promise<string[]> {
  const data = mkdtempSync(join(tmpdir(), 'plait-chromium-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }))
  const context = await chromium.launchPersistentContext(data, {
    executablePath: findChromium(),
    headless: true,
    args: FLAGS,
  })
  try {
    const page = await context.newPage()
    const lines: string[] = []
    await new Promise<void>((resolve, reject) => {
      page.on('pageerror', reject)
      page.on('console', message => {
        if (message.type() === 'error') reject(new Error(`${message.text()} (${message.location().url})`))
        else if (message.type() === 'log') lines.push(message.text())
        if (message.text() === 'end') resolve()
      })
      page.goto(url).catch(reject)
    })
    return lines
  } finally {
    await context.close()
  }
}

async function serving(
  files: Readonly<Record<string, readonly [type: string, text: string]>>,
): Promise<Server> {
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? ''] ?? []
    if (text === undefined) response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end()
    else response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}
