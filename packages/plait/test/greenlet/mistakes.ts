import { Greenlet, getcurrent, settrace, switchTo } from '../../src/greenlet.ts'
import { coroutine, createTask } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { loosely, type Mistake } from '../mistake.ts'

function nothing(): void {}

/** What a generator that switches does when nobody runs it as a task. */
function* switching(): Generator<unknown, void, never> {
  yield* switchTo(new Greenlet(nothing))
}

/** The mistakes one can make with greenlets. */
export const mistakes: Record<string, Mistake> = {
  greenletWithoutRun: {
    make: () =>
      runVirtual(function* () {
        yield* switchTo(new Greenlet())
      }),
    says: ['<Greenlet pending>', 'new Greenlet(fn)', 'run()'],
  },
  notAGreenlet: {
    make: () => new Greenlet(nothing, loosely('main')),
    says: ['the parent of a greenlet', '"main"', 'getcurrent()'],
  },
  parentsInCircle: {
    make: () => {
      const parent = new Greenlet(nothing)
      parent.parent = new Greenlet(nothing, parent)
    },
    says: ['<Greenlet nothing pending>', 'its own parent', 'outside its children'],
  },
  parentOfMain: {
    make: () =>
      runVirtual(function* () {
        getcurrent().parent = new Greenlet(nothing)
      }),
    says: ['main greenlet', 'switch to it'],
  },
  runAfterStart: {
    make: () =>
      runVirtual(function* () {
        const greenlet = new Greenlet(nothing)
        yield* switchTo(greenlet)
        greenlet.run = nothing
      }),
    says: ['<Greenlet nothing dead>', 'begun already', 'new Greenlet(fn)'],
  },
  greenletElsewhere: {
    make: () =>
      runVirtual(function* () {
        const greenlet = new Greenlet(nothing)
        yield* createTask(function* () {
          yield* switchTo(greenlet)
        })
      }),
    says: ['<Greenlet nothing pending>', 'another task', 'queue'],
  },
  greenletOutside: {
    make: () => switching().next(),
    says: ['a switch', 'outside of any task', 'createTask(fn)'],
  },
  switchByHand: {
    make: () =>
      runVirtual(function* () {
        coroutine(switching)().next()
      }),
    says: ['driven by hand', 'around its next()'],
  },
  notATracer: {
    make: () => settrace(loosely('print')),
    says: ['settrace(…)', '"print"', 'undefined for none'],
  },
}
