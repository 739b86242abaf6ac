import Tinypool from 'tinypool'
import { measureAwaitedPool } from '../../offload/awaited-pool.ts'

const filename = new URL('../../offload/jobs/work.ts', import.meta.url).href

await measureAwaitedPool(workers => {
  const pool = new Tinypool({
    filename,
    runtime: 'child_process',
    serialization: 'advanced',
    minThreads: workers,
    maxThreads: workers,
  })
  return {
    noop: x => pool.run(x, { name: 'noop' }),
    fib: n => pool.run(n, { name: 'fib' }),
    echo: bytes => pool.run(bytes, { name: 'echo' }),
    close: () => pool.destroy(),
  }
})
