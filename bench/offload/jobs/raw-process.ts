import { type RawRequest, work } from './raw.ts'

process.on('message', ([id, job, argument]: RawRequest) => {
  process.send?.([id, work(job, argument)])
})
