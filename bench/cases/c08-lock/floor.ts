// The lock is a boolean and a line of strands; the wait for it is written out in the task.
import { Line } from '../../fifo.ts'
import { current, drain, ready, type Steps, type Strand } from '../../strands.ts'
import { measureLock, TASKS, TURNS_EACH, type Turns } from '../../turns.ts'

class Lock {
  #isHeld = false
  readonly #line: Line<Strand> = new Line()

  /** Whether it is the caller's; if not, the strand is in line and must yield: when it goes on, it holds the lock. */
  acquire(): boolean {
    if (this.#isHeld) {
      this.#line.push(current)
      return false
    }
    this.#isHeld = true
    return true
  }

  release(): void {
    const next = this.#line.shift()
    if (next === undefined) this.#isHeld = false
    else ready.push(next)
  }
}

function* takes(lock: Lock, turns: Turns): Steps {
  for (let i = 0; i < TURNS_EACH; i++) {
    if (!lock.acquire()) yield
    turns.begin()
    ready.push(current)
    yield
    turns.end()
    lock.release()
  }
}

await measureLock(turns => {
  const lock = new Lock()
  drain(Array.from({ length: TASKS }, () => takes(lock, turns)))
})
