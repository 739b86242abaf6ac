import { parentPort, workerData } from 'node:worker_threads'
import * as twins from '../../../plait/src/twins.ts'
import { transform } from '../../src/transform/transform.ts'
import { forced, forcedTwins } from '../snippets/forcing.ts'
import { compare, type Subject } from './compare.ts'
import { FAULTS } from './faults.ts'

/*
 * Compares programs aside, since a transformed one, or what is left of one that is being shrunk, might never end.
 */

const { seed, fault } = workerData as { seed: number; fault: string | undefined }
const broken = fault === undefined ? undefined : FAULTS[fault]
const subject: Subject = {
  transform,
  runtime: broken === undefined ? forcedTwins : forced(broken({ ...twins })),
}

parentPort?.on('message', async ({ programs, first }: { programs: readonly string[]; first: number }) => {
  try {
    parentPort?.postMessage(await compare(programs, subject, seed, first))
  } catch (error) {
    parentPort?.postMessage(String(error))
  }
})
