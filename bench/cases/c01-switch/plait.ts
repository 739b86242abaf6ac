// By a bare yield.
import { gather, type Operation, type Resume, run, type Wait } from 'plait'
import { measure, size } from '../../measure.ts'

function* worker(turns: number): Generator<Wait, void, Resume> {
  for (let i = 0; i < turns; i++) yield
}

function* both(): Operation<void> {
  yield* gather(worker(size / 2), worker(size / 2))
}

await measure([{ metric: 'switch', operations: size, body: () => run(both) }])
