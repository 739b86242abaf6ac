// child_process.fork by hand. Messages are cloned as between threads: JSON would make no Uint8Array of one.
import { fork } from 'node:child_process'
import { measureAwaitedPool } from '../../offload/awaited-pool.ts'
import { JOB } from '../../offload/jobs/raw.ts'
import { RawPool, type RawWorker } from '../../offload/raw-pool.ts'

const program = new URL('../../offload/jobs/raw-process.ts', import.meta.url)

function child(): RawWorker {
  const worker = fork(program, { serialization: 'advanced' })
  return {
    post: request => worker.send(request),
    onReply: listener => worker.on('message', listener),
    end: () => worker.disconnect(),
  }
}

await measureAwaitedPool(workers => {
  const pool = new RawPool(Array.from({ length: workers }, child))
  return {
    noop: x => pool.submit(JOB.noop, x),
    fib: n => pool.submit(JOB.fib, n),
    echo: bytes => pool.submit(JOB.echo, bytes),
    close: () => pool.close(),
  }
})
