// Functions that the programs beside it have called in workers.
import { sleep } from 'plait'
import { remote } from 'plait/executors'

export class TooMuch extends Error {
  limit = 100
}
remote(import.meta.url, TooMuch)

export const square = remote(import.meta.url, function square(value) {
  if (value > 100) throw new TooMuch('too much')
  return value * value
})

export const later = remote(import.meta.url, function* later(value) {
  yield* sleep(1)
  return value
})
