import { Piscina } from 'piscina'
import { measureAwaitedPool } from '../../offload/awaited-pool.ts'

const filename = new URL('../../offload/jobs/piscina.ts', import.meta.url).href

await measureAwaitedPool(workers => {
  const pool = new Piscina({ filename, minThreads: workers, maxThreads: workers })
  return {
    noop: x => pool.run(x, { name: 'noop' }),
    fib: n => pool.run(n, { name: 'fib' }),
    echo: bytes => pool.run(bytes, { name: 'echo' }),
    handOver: bytes => pool.run(bytes, { name: 'handBack', transferList: [bytes.buffer] }),
    close: () => pool.destroy(),
  }
})
