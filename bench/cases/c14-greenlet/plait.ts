import { run } from 'plait'
import { call } from 'plait/greenlet'
import { programs } from '../../gevent/programs.ts'
import { measure, mustBe, size, threadCpuNs } from '../../measure.ts'

const STARTED = size / 10

await measure(
  [
    { metric: 'switch', operations: size, body: () => run(call(programs.handOver, size)) },
    {
      metric: 'make, start and end',
      operations: STARTED,
      body: async () => mustBe('the last one', await run(call(programs.startAndEnd, STARTED)), STARTED - 1),
    },
  ],
  { clock: threadCpuNs },
)
