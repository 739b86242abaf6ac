import { gather, Lock, type Operation, run } from 'plait'
import { measureLock, TASKS, TURNS_EACH, type Turns } from '../../turns.ts'

function* takes(lock: Lock, turns: Turns): Operation<void> {
  for (let i = 0; i < TURNS_EACH; i++) {
    yield* lock.acquire()
    try {
      turns.begin()
      yield
      turns.end()
    } finally {
      lock.release()
    }
  }
}

function* all(turns: Turns): Operation<void> {
  const lock = new Lock()
  yield* gather(...Array.from({ length: TASKS }, () => takes(lock, turns)))
}

await measureLock(turns => run(all(turns)))
