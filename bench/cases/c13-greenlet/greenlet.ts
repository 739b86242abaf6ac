import { run } from 'plait'
import { call } from 'plait/greenlet'
import { greenlets } from '../../colorless/greenlets.ts'
import { measureStarts } from '../../colorless/starts.ts'
import { measure, size, threadCpuNs } from '../../measure.ts'

const { nest, starts } = greenlets

await measure(
  [1, 10, 100, 1000].map(depth => ({
    metric: `switch at depth ${depth}`,
    operations: size,
    body: () => run(call(nest, depth, size)),
  })),
  { repetitions: 9, clock: threadCpuNs },
)
await measureStarts((count, now) => run(call(starts, count, now)))
