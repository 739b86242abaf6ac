import { remote } from 'plait/executors'
import { call, sleep } from 'plait/greenlet'

function add(a: number, b: number): number {
  sleep(1)
  return a + b
}

export const sum = remote(import.meta.url, function* sum(list: number[]) {
  return yield* call((all: number[]) => all.reduce(add), list)
})
