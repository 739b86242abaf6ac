/**
 * Does the comparison find what it is for? Puts faults into a copy of the runtime, one at a time, and asks that each
 * be found within so many random programs.
 *
 *   node faults.ts [--seed S] [--count N] [--only TEXT]
 *
 * The faults break the rules of asyncio that ports get wrong: cancelled before the start, return inside finally (20),
 * shield (21), waitFor (22), timeout (23), groups (24), eager start (25), gather (29). The rest of that list (26 to
 * 28) is of locks and queues, which have tests of their own.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

interface Fault {
  readonly trap: number
  readonly what: string
  /** A file of packages/plait/src. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}

const faults: readonly Fault[] = [
  {
    trap: 20,
    what: 'a task cancelled before its first step runs its body',
    file: 'tasks/driver.ts',
    find: 'if (what instanceof Coroutine) what._close()\n        throw input\n',
    replace: '',
  },
  {
    trap: 20,
    what: 'a task that swallowed a cancel and returned ends cancelled',
    file: 'tasks/driver.ts',
    find: 'if ((this._flags & MUST_CANCEL) !== 0) {\n      this._flags &= ~MUST_CANCEL\n      const whole',
    replace: 'if (this._flags >= ONE_CANCEL) {\n      const whole',
  },
  {
    trap: 20,
    what: 'a second cancel is not counted',
    file: 'tasks/cancel-line.ts',
    find: 'if (task._flags >>> 16 < MOST_CANCELS)',
    replace: 'if (task._flags < ONE_CANCEL)',
  },
  {
    trap: 20,
    what: 'uncancel to 0 leaves a cancel that was not thrown yet',
    file: 'tasks/driver.ts',
    find: 'if (this._flags < ONE_CANCEL) this._flags &= ~MUST_CANCEL',
    replace: '',
  },
  {
    trap: 21,
    what: 'cancelling who waits for a shield cancels the inner task',
    file: 'tasks/shield.ts',
    find: 'override _describe(): string {',
    replace:
      'override cancel(reason?: unknown): boolean {\n    this.inner.cancel(reason)\n    return super.cancel(reason)\n  }\n\n  override _describe(): string {',
  },
  {
    trap: 21,
    what: 'a shield of a done task takes a turn',
    file: 'tasks/shield.ts',
    find: 'if (inner.done()) return yield* inner\n',
    replace: '',
  },
  {
    trap: 22,
    what: 'waitFor with a limit of 0 starts the coroutine',
    file: 'tasks/wait-for.ts',
    find: 'ms <= 0\n',
    replace: 'ms < 0\n',
  },
  {
    trap: 22,
    what: 'waitFor runs the coroutine in a task of its own',
    file: 'tasks/wait-for.ts',
    find: "typeof what === 'function' ? () => what() : what",
    replace: 'ensureFuture(what)',
  },
  {
    trap: 22,
    what: 'waitFor with no time left loses a value that survived the cancel',
    file: 'tasks/wait-for.ts',
    find: 'yield* cancelAndWait(future)\n',
    replace: 'yield* cancelAndWait(future)\n  if (!future.cancelled()) throw new TimeoutError()\n',
  },
  {
    trap: 22,
    what: 'waitFor with no time left hides a cancel',
    file: 'tasks/wait-for.ts',
    find: 'yield* cancelAndWait(future)\n',
    replace: 'try {\n    yield* cancelAndWait(future)\n  } catch {\n    throw new TimeoutError()\n  }\n',
  },
  {
    trap: 23,
    what: 'a timeout compares uncancel() with 0, not with the count at entry',
    file: 'tasks/interrupt.ts',
    find: 'uncancel() <= this.#cancelling',
    replace: 'uncancel() === 0',
  },
  {
    trap: 23,
    what: 'a timeout takes a cancel from outside for its own',
    file: 'tasks/interrupt.ts',
    find: 'uncancel() <= this.#cancelling',
    replace: 'uncancel() >= 0',
  },
  {
    trap: 23,
    what: 'a timeout that fired and was left without an error does not uncancel',
    file: 'tasks/interrupt.ts',
    find: 'if (!this.#fired) return false',
    replace: 'if (!this.#fired || error === undefined) return false',
  },
  {
    trap: 23,
    what: 'a timeout that is due when entered goes through the timers',
    file: 'tasks/timeout.ts',
    find: 'if (this.#when <= this.#loop.time())',
    replace: 'if (this.#when < Number.NEGATIVE_INFINITY)',
  },
  {
    trap: 24,
    what: 'a group does not uncancel its parent',
    file: 'tasks/task-group.ts',
    find: 'if (this.#hasCancelledParent && this.#parent.uncancel() <= 0) cancel = undefined',
    replace: 'if (this.#hasCancelledParent) cancel = undefined',
  },
  {
    trap: 24,
    what: 'a group does not redeliver an outside cancel that collided',
    file: 'tasks/task-group.ts',
    find: 'this.#parent.uncancel()\n      this.#parent.cancel()',
    replace: '',
  },
  {
    trap: 24,
    what: 'a group that is leaving does not tell its parent of a failure',
    file: 'tasks/task-group.ts',
    find: 'this.#isAborting || this.#hasCancelledParent) return',
    replace: 'this.#isAborting || this.#hasCancelledParent || this.#isLeaving) return',
  },
  {
    trap: 24,
    what: 'a group whose body failed lets its tasks run on',
    file: 'tasks/task-group.ts',
    find: 'if (failed && !this.#isAborting) this.#abort()',
    replace: '',
  },
  {
    trap: 24,
    what: 'a group that is aborting is interrupted by another cancel',
    file: 'tasks/task-group.ts',
    find: 'if (!this.#isAborting) {\n          cancel = interrupted',
    replace: 'if (this.#isAborting) throw interrupted\n        {\n          cancel = interrupted',
  },
  {
    trap: 25,
    what: 'an eager start goes through the queue',
    file: 'tasks/create-task.ts',
    find: 'options?.eagerStart === true &&',
    replace: 'options?.eagerStart === undefined &&',
  },
  {
    trap: 25,
    what: 'who starts a task eagerly is not the current task afterwards',
    file: 'coroutine/surroundings.ts',
    find: 'running.seat = seatBefore\n    running.strand = strand',
    replace: 'running.seat = seatBefore',
  },
  {
    trap: 25,
    what: 'an eager task changes the context of its maker',
    file: 'tasks/driver.ts',
    find: 'nested(this._seat,',
    replace: 'nested((this as unknown as { _parent?: Seat })._parent ?? this._seat,',
  },
  {
    trap: 25,
    what: 'a group learns of an eager failure at once, in the middle of its own step',
    file: 'tasks/task-group.ts',
    find: 'watchFuture(task, () => this.#onDone(task))',
    replace: 'if (task.done()) this.#onDone(task)\n    else watchFuture(task, () => this.#onDone(task))',
  },
  {
    trap: 29,
    what: 'gather cancels the others after the first error',
    file: 'tasks/gather.ts',
    find: 'outer._finish(FAILED, future._takeError())',
    replace:
      'outer._finish(FAILED, future._takeError())\n      for (const child of outer.children) child.cancel()',
  },
  {
    trap: 29,
    what: 'a cancelled gather does not wait for its children',
    file: 'tasks/gather.ts',
    find: 'if (taken) this.cancelRequested = true',
    replace: 'if (taken) super.cancel(reason)',
  },
  {
    trap: 29,
    what: 'gather counts a child that is done already through the queue',
    file: 'tasks/gather.ts',
    find: 'if (future.done()) doneAlready.push(future)\n      else watchFuture',
    replace: 'watchFuture',
  },
]

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '6000' },
    only: { type: 'string', default: '' },
  },
})

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const workshop = mkdtempSync(join(tmpdir(), 'plait-faults-'))
const copy = join(workshop, 'packages/plait')

/** A repository with no more in it than a comparison needs. */
function lay(): void {
  mkdirSync(copy, { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(workshop, 'node_modules'))
  for (const part of ['package.json', 'src', 'test/differential']) {
    cpSync(join(repository, 'packages/plait', part), join(copy, part), { recursive: true })
  }
}

function breakIt({ file, find, replace, what }: Fault): () => void {
  const path = join(copy, 'src', file)
  const sound = readFileSync(path, 'utf8')
  const places = sound.split(find).length - 1
  if (places !== 1)
    throw new Error(`"${what}" is to be put into one place of ${file}, and there are ${places}`)
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  )
  return () => writeFileSync(path, sound)
}

/** Where the comparison found a difference; undefined if it found none. */
function firstFound(): string | undefined {
  const { seed, count } = values
  const options = ['--seed', seed, '--count', count, '--show', '0', '--until-difference']
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    [join(copy, 'test/differential/cli.ts'), ...options],
    { encoding: 'utf8', timeout: 180_000 },
  )
  if (error !== undefined) return 'it hangs'
  const found = /^they differ on (\d+)/m.exec(stdout)
  if (found !== null) return `program ${found[1]}`
  // The copy must run: a fault that only breaks it proves nothing.
  if (!stdout.includes(' 0 differences'))
    throw new Error(`the comparison broke (${status}):\n${stdout}\n${stderr}`)
  return undefined
}

let missed = 0
try {
  lay()
  console.log(`seed ${values.seed}, up to ${values.count} programs for each fault\n`)
  const sound = firstFound()
  if (sound !== undefined) throw new Error(`without any fault there is a difference already: ${sound}`)
  for (const fault of faults.filter(({ what }) => what.includes(values.only))) {
    const mend = breakIt(fault)
    const found = firstFound()
    mend()
    if (found === undefined) missed += 1
    console.log(`trap ${fault.trap}  ${(found ?? 'NOT FOUND').padEnd(14)} ${fault.what}`)
  }
} finally {
  rmSync(workshop, { recursive: true, force: true })
}
console.log(missed === 0 ? '\nevery fault was found' : `\n${missed} faults were not found`)
process.exitCode = missed === 0 ? 0 : 1
