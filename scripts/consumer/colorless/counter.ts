import { sleep } from 'plait/greenlet'

export class Counter {
  readonly name: string
  total: number = 0
  constructor(name: string) {
    sleep(1)
    this.name = name
  }
  add(n: number): void {
    sleep(1)
    this.total += n
  }
}

export function* numbers(from: number, to: number): Generator<number> {
  for (let n = from; n < to; n += 1) {
    sleep(1)
    yield n
  }
}
