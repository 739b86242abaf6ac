import { parentPort } from 'node:worker_threads'
import { JOB, type RawRequest, work } from './raw.ts'

const port = parentPort
if (port === null) throw new Error('to be run as a worker thread')

port.on('message', ([id, job, argument]: RawRequest) => {
  const value = work(job, argument)
  if (job === JOB.handBack) port.postMessage([id, value], [(value as Uint8Array<ArrayBuffer>).buffer])
  else port.postMessage([id, value])
})
