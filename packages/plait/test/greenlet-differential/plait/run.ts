import { call, Greenlet, getcurrent, settrace, switchTo } from '../../../src/greenlet.ts'
import { createTask, Future, getEventLoop, type Resume, run, type Wait } from '../../../src/index.ts'
import type { Program, Trace, TraceEvent } from '../program.ts'
import { GeneratorBodies } from './generators/body.ts'
import { PlainBodies, plainMain } from './plain/body.ts'
import { type AnyGreenlet, World, type Writing } from './world.ts'

type Waits<T> = Generator<Wait, T, Resume>

/** Runs a program on Plait's greenlets. */
export async function runOnPlait(program: Program, writing: Writing): Promise<Trace> {
  const failure: TraceEvent[] = []
  let world: World | undefined
  const main = function* (elsewhere: readonly AnyGreenlet[]): Waits<void> {
    if (program.watched) getEventLoop().instrument = { stepBegins: () => {} }
    world = new World(program, writing, bodiesOf, elsewhere)
    try {
      yield* whole(world, writing)
    } catch {
      // It is in the trace, as far as it is of the program.
    }
    endOf(world)
  }
  try {
    await run(() => (program.foreign ? besides(main) : main([])))
  } catch (error) {
    failure.push(['runtime', 'throws', String(error)])
  }
  settrace(undefined)
  return [...(world?.trace ?? []), ...failure]
}

function bodiesOf(isGenerator: boolean, world: World): GeneratorBodies | PlainBodies {
  return isGenerator ? new GeneratorBodies(world) : new PlainBodies(world)
}

function* whole(world: World, writing: Writing): Waits<void> {
  if (writing === 'generators') yield* new GeneratorBodies(world).body(0, [])
  else yield* call(plainMain, new PlainBodies(world))
}

function endOf(world: World): void {
  for (const made of world.made)
    world.log('left', world.name(made), made.dead, made.started, world.name(made.parent))
  world.ended = true
}

/** Runs it beside another task that has greenlets of its own. */
function* besides(main: (elsewhere: readonly AnyGreenlet[]) => Waits<void>): Waits<void> {
  const ready = new Future<readonly AnyGreenlet[]>()
  const over = new Future<void>()
  const other = createTask(function* (): Waits<void> {
    const itsMain = getcurrent()
    const begun = new Greenlet(function* (): Waits<void> {
      yield* switchTo(itsMain)
    })
    yield* switchTo(begun)
    ready.setResult([new Greenlet(function* () {}), begun, itsMain])
    yield* over
  })
  const elsewhere = yield* ready
  yield* main(elsewhere)
  over.setResult()
  yield* other
}
