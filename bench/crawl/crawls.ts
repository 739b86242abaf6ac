import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { emit, mustBe, nowNs, size } from '../measure.ts'

const PAGE = 1024
const WARM_UPS = 1
const REPETITIONS = 3

/**
 * Measures a crawl of `size` pages, so many at a time: `crawl` fetches each of the addresses once and gives how many bytes it got.
 * The first run, with connections to open and code to compile, is not counted.
 */
export async function measureCrawls(
  crawl: (urls: readonly string[], atOnce: number) => Promise<number>,
): Promise<never> {
  const server = spawn(process.execPath, [`${import.meta.dirname}/server.mjs`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = await once(createInterface(server.stdout), 'line')
  const urls = Array.from({ length: size }, (_, i) => `http://127.0.0.1:${port}/${i}`)
  for (const atOnce of [100, 1000]) {
    const samples: number[] = []
    for (let repetition = 0; repetition < WARM_UPS + REPETITIONS; repetition++) {
      const start = nowNs()
      const bytes = await crawl(urls, atOnce)
      const took = (nowNs() - start) / 1e6
      mustBe('the number of bytes', bytes, size * PAGE)
      if (repetition >= WARM_UPS) samples.push(took)
    }
    emit(`${atOnce} at a time`, 'ms', samples)
  }
  server.stdin.end()
  process.exit()
}
