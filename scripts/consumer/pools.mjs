// Has functions called in threads and processes: as an installed package, and bundled together with it.
import assert from 'node:assert/strict'
import { Channel, run } from 'plait'
import { isWorker, ProcessPoolExecutor, ThreadPoolExecutor } from 'plait/executors'
import { later, square, TooMuch } from './jobs.mjs'

async function main() {
  for (const Pool of [ThreadPoolExecutor, ProcessPoolExecutor]) {
    const pool = new Pool({ workers: 2 }) // Node 22 knows no `await using` yet
    assert.deepEqual(await pool.map(square, [1, 2, 3], { chunkSize: 2 }).toArray(), [1, 4, 9])
    assert.equal(await pool.submit(later, 'a value'), 'a value')
    assert.equal(await pool.submit((a, b) => a + b, 1, 2), 3)
    await assert.rejects(
      async () => await pool.submit(square, 101),
      error => error instanceof TooMuch && error.limit === 100,
    )
    const words = new Channel({ capacity: 1 })
    const sender = pool.spawn(async channel => {
      await channel.send('a word')
      channel.close()
    }, words)
    assert.deepEqual(await words.toArray(), ['a word'])
    await sender
    await pool.shutdown()
  }
  console.log('both kinds of pool')
}

if (!isWorker()) await run(main)
