import { run } from 'plait'
import { Pool } from 'plait/gevent'
import { call } from 'plait/greenlet'
import { programs } from '../../gevent/programs.ts'
import { emit, HOUR_MS, measure, mustBe, size, threadCpuNs } from '../../measure.ts'

const SPAWNED = size / 4
const WARM_UPS = 2
const REPETITIONS = 5

await measure(
  [
    { metric: 'switch', operations: size, body: () => run(call(programs.byTurns, size)) },
    {
      metric: 'spawn and join',
      operations: SPAWNED,
      body: async () => mustBe('the last one', await run(call(programs.spawnAndJoin, SPAWNED)), SPAWNED - 1),
    },
  ],
  { clock: threadCpuNs },
)

const kills: number[] = []
for (let repetition = 0; repetition < WARM_UPS + REPETITIONS; repetition++) {
  globalThis.gc?.()
  const { took, ended } = await run(call(programs.kills, SPAWNED, HOUR_MS, threadCpuNs))
  mustBe('the number ended', ended, SPAWNED)
  if (repetition >= WARM_UPS) kills.push(took / SPAWNED)
}
emit('kill and join', 'ns', kills)

const numbers = Array.from({ length: SPAWNED }, (_, i) => i)
await measure(
  [
    {
      metric: "a pool's map",
      operations: SPAWNED,
      body: async () => {
        const sum = await run(() => call(programs.mapped, new Pool(100), numbers))
        mustBe('the sum', sum, SPAWNED * (SPAWNED - 1))
      },
    },
  ],
  { clock: threadCpuNs },
)
