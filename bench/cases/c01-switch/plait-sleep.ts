// By sleep(0), as programs written for asyncio give way.
import { gather, type Operation, run, sleep } from 'plait'
import { measure, size } from '../../measure.ts'

function* worker(turns: number): Operation<void> {
  for (let i = 0; i < turns; i++) yield* sleep(0)
}

function* both(): Operation<void> {
  yield* gather(worker(size / 2), worker(size / 2))
}

await measure([{ metric: 'switch', operations: size, body: () => run(both) }])
