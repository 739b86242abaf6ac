import { run } from 'plait'
import { call } from 'plait/greenlet'
import { greenlets } from '../../colorless/greenlets.ts'
import { HOUR_MS, measureMemory, mustBe, size } from '../../measure.ts'

await measureMemory(
  () =>
    new Promise((resolve, reject) => {
      const handOver = (begun: number, held: unknown): void => {
        mustBe('the number begun', begun, size)
        resolve(held)
      }
      run(call(greenlets.parks, size, HOUR_MS, handOver)).catch(reject)
    }),
)
