// A lock of promises: one for each wait, none where it is free.
import { Line, Sleeper } from '../../fifo.ts'
import { measureLock, TASKS, TURNS_EACH, type Turns } from '../../turns.ts'

class Lock {
  #isHeld = false
  readonly #line: Line<Sleeper> = new Line()

  acquire(): Promise<void> | undefined {
    if (this.#isHeld) return new Promise(resolve => this.#line.push(new Sleeper(resolve)))
    this.#isHeld = true
    return undefined
  }

  release(): void {
    const next = this.#line.shift()
    if (next === undefined) this.#isHeld = false
    else next.wake()
  }
}

async function takes(lock: Lock, turns: Turns): Promise<void> {
  for (let i = 0; i < TURNS_EACH; i++) {
    await lock.acquire()
    try {
      turns.begin()
      await null
      turns.end()
    } finally {
      lock.release()
    }
  }
}

await measureLock(turns => {
  const lock = new Lock()
  return Promise.all(Array.from({ length: TASKS }, () => takes(lock, turns)))
})
