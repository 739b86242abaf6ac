import { workerData } from 'node:worker_threads'
import { Claims } from '../claims.ts'
import { PortTransport } from '../port-transport.ts'
import { ParentTransport } from './parent-transport.ts'
import { here, PROCESS_KEY, THREAD_KEY, type ThreadData } from './place.ts'
import { serve } from './serve.ts'
import { writeDirectly } from './write-directly.ts'

/**
 * What a worker loads. It is this very file, or whatever it was bundled into: so a worker finds it wherever it is, and
 * a function that was bundled with it as well.
 */
export const workerUrl: URL = new URL(import.meta.url)

const threadData = (workerData as Record<string, ThreadData> | null | undefined)?.[THREAD_KEY]
const processName = process.env[PROCESS_KEY]

if (threadData !== undefined) {
  here.depth = 1
  writeDirectly()
  serve(new PortTransport(threadData.port), 'thread', new Claims(threadData.memory))
} else if (processName !== undefined && process.connected) {
  here.depth = 1
  delete process.env[PROCESS_KEY]
  process.title = `plait: ${processName}`
  writeDirectly()
  serve(new ParentTransport(), 'process', undefined)
}
