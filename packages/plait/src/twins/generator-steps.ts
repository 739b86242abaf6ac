import { type AnyFunction, give, type TwinMaker } from '../coroutine/twin.ts'
import {
  detached,
  generatorPrototype,
  innerGenerator,
  type NativeStep,
  natives,
  Step,
  type Way,
} from './inner-generator.ts'
import { plaitPlainly } from './install.ts'
import { sync } from './sync.ts'

/* The engine's `next`, `throw` and `return` of generators get twins, which step those of transformed code. */

function twinOfStep(way: NativeStep): TwinMaker {
  return function (value) {
    const inner = innerGenerator(this)
    return inner === undefined ? plaitPlainly(way as AnyFunction, this, [value]) : new Step(inner, way, value)
  }
}

function ownStep(way: Way, twin: TwinMaker): AnyFunction {
  return {
    [way](this: unknown, value: unknown): unknown {
      return sync(twin.call(this, value))
    },
  }[way] as AnyFunction
}

for (const way of ['next', 'throw', 'return'] as const) {
  const twin = twinOfStep(natives[way])
  give(generatorPrototype[way], twin)
  detached[way] = { value: give(ownStep(way, twin), twin), writable: true, configurable: true }
}
