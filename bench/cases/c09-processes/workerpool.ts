import { fileURLToPath } from 'node:url'
import workerpool from 'workerpool'
import { measureAwaitedPool } from '../../offload/awaited-pool.ts'

const script = fileURLToPath(new URL('../../offload/jobs/workerpool.ts', import.meta.url))

await measureAwaitedPool(workers => {
  const pool = workerpool.pool(script, {
    workerType: 'process',
    forkOpts: { serialization: 'advanced' },
    minWorkers: workers,
    maxWorkers: workers,
  })
  return {
    noop: x => pool.exec('noop', [x]),
    fib: n => pool.exec('fib', [n]),
    echo: bytes => pool.exec('echo', [bytes]),
    close: () => pool.terminate(),
  }
})
