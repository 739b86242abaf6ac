// worker_threads by hand.
import { Worker } from 'node:worker_threads'
import { measureAwaitedPool } from '../../offload/awaited-pool.ts'
import { JOB } from '../../offload/jobs/raw.ts'
import { RawPool, type RawWorker } from '../../offload/raw-pool.ts'

const program = new URL('../../offload/jobs/raw-thread.ts', import.meta.url)

function thread(): RawWorker {
  const worker = new Worker(program)
  return {
    post: (request, transferred) => worker.postMessage(request, transferred),
    onReply: listener => worker.on('message', listener),
    end: () => worker.terminate(),
  }
}

await measureAwaitedPool(workers => {
  const pool = new RawPool(Array.from({ length: workers }, thread))
  return {
    noop: x => pool.submit(JOB.noop, x),
    fib: n => pool.submit(JOB.fib, n),
    echo: bytes => pool.submit(JOB.echo, bytes),
    handOver: bytes => pool.submit(JOB.handBack, bytes, [bytes.buffer]),
    close: () => pool.close(),
  }
})
