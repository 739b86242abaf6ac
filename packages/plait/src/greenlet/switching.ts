import { FOREIGN, KNOWN } from '../coroutine/frame-state.ts'
import { RootFrame } from '../coroutine/stack.ts'
import { Surroundings } from '../coroutine/surroundings.ts'
import { delivery, SWITCHED, transfer } from '../coroutine/transfer.ts'
import { nextOf } from '../coroutine/twin.ts'
import { bare, passing, type Strand } from '../coroutine/wait.ts'
import { GreenletExit } from '../errors/greenlet-exit.ts'
import { misuse } from '../errors/misuse-greenlets.ts'
import { currentStrand, type Runner } from '../tasks/current.ts'
import { currentOf, mainOf, setCurrent } from './here.ts'
import { goOnElsewhere, moveTask } from './move-task.ts'
import { BEGUN, DEAD, type GreenletNode, NEW } from './node.ts'
import { tellTracer, tracer } from './tracer.ts'

/** The switch that is about to be made: it is asked for deep in the stack, and made by the driver when that is out of the way. */
interface Order {
  target: GreenletNode
  /** The task that it was asked for in. */
  strand: Strand | undefined
  /** What it brings: the value, a list of several, or an error to be thrown. */
  value: unknown
  /** How many values. */
  count: number
  throws: boolean
  /** The greenlet that asks has ended with this. */
  ends: boolean
}

const order: Order = {
  target: undefined as unknown as GreenletNode,
  strand: undefined,
  value: undefined,
  count: 0,
  throws: false,
  ends: false,
}

/** Asks for a switch: `switching` makes it, when it is waited for. */
export function ask(target: GreenletNode, value: unknown, count: number, throws: boolean): void {
  order.target = target
  order.value = value
  order.count = count
  order.throws = throws
  order.ends = false
}

/** The wait for a switch, one for all: the driver that it is handed to makes the switch that was asked for last. */
export const switching: Iterator<never, unknown, never> = {
  next(...resumedWith: [] | [unknown]): IteratorResult<never, unknown> {
    const arrived = resumedWith[0] as { readonly _result: unknown } | undefined
    if (arrived !== undefined) return { done: true, value: arrived._result }
    const strand = currentStrand()
    if (strand === undefined) throw misuse('greenletOutside', 'a switch')
    return handOver(strand)
  },
  throw(error: unknown): never {
    throw error
  },
}

bare.switch = switching

/** A greenlet has ended, with what its parent is to have. */
export function end(
  greenlet: GreenletNode,
  strand: Strand,
  throws: boolean,
  value: unknown,
): IteratorResult<never, unknown> {
  const isExit = throws && value instanceof GreenletExit
  greenlet._state = DEAD
  greenlet._leaf = undefined
  order.target = greenlet._parent ?? mainOf(strand)
  order.value = value
  // One that has not begun is begun without it, as if nothing had come.
  order.count = isExit ? 0 : 1
  order.throws = throws && !isExit
  order.ends = true
  return handOver(strand)
}

function handOver(strand: Strand): IteratorResult<never, unknown> {
  order.strand = strand
  passing.result = undefined
  return SWITCHED as IteratorYieldResult<never>
}

transfer.go = moveTask
transfer.goOn = goOnElsewhere

transfer.move = strand => {
  const from = currentOf(strand)
  const task = strand as unknown as Runner
  // A generator at the root needs no frame until its place has to be kept, or a switch that is refused is thrown into it.
  task._leaf ??= rootFrame(task)
  delivery.away = false
  try {
    if (order.strand !== strand) throw misuse('switchByHand')
    const to = destination(strand)
    if (to !== from) moveOver(task, from, to)
    if (to._state === NEW && !order.throws) to._args = argumentsOf(order)
    delivery.throws = order.throws
    delivery._result = order.value
    if (tracer.callback !== undefined) tellTracer(strand, from, to)
  } catch (error) {
    // Nothing was moved: the error is for whoever asked.
    delivery.throws = true
    delivery._result = error
  }
}

function argumentsOf({ count, value }: Order): readonly unknown[] {
  if (count === 0) return []
  return count === 1 ? [value] : (value as readonly unknown[])
}

/** Who is switched to in the end: in place of a dead one its parent, or that one's. */
function destination(strand: Strand): GreenletNode {
  const first = order.target
  claim(first, strand)
  if (order.throws && first._state === DEAD && order.value instanceof GreenletExit) {
    order.throws = false
    order.count = 0
  }
  for (let to = first; ; to = to._parent ?? mainOf(strand)) {
    if (to._state === DEAD) continue
    if (to._state !== NEW || to._body !== undefined) return to
    const error = misuse('greenletWithoutRun', String(to))
    if (!order.ends) throw error
    // Nobody is left to be told but the next in line.
    order.throws = true
    order.value = error
  }
}

/** Makes sure that a greenlet is one of this task's; one that was made outside of any becomes so. */
function claim(greenlet: GreenletNode, strand: Strand): void {
  if (greenlet._strand === strand) return
  let top = greenlet
  while (top._strand === undefined && top._parent !== undefined && !isOutside(top._parent)) top = top._parent
  if (top._strand === undefined && !isOutside(top)) top._parent = mainOf(strand)
  else if (top._strand !== strand) throw misuse('greenletElsewhere', String(greenlet))
  greenlet._strand = strand
}

/** Whether it is what is current outside of any task: those made there may have it for a parent until a task has them. */
function isOutside(greenlet: GreenletNode): boolean {
  return greenlet._strand === undefined && greenlet._state === BEGUN
}

function moveOver(task: Runner, from: GreenletNode, to: GreenletNode): void {
  if (from._state !== DEAD) from._leaf = task._leaf
  to._strand = task
  task._leaf = to._state === NEW ? to : to._leaf
  to._leaf = undefined
  setCurrent(task, to)
  moveContext(task, from, to)
}

function rootFrame(task: Runner): RootFrame {
  const frame = new RootFrame(task)
  frame._flags = frame._gen.next === nextOf ? KNOWN : FOREIGN
  return frame
}

/** Each greenlet has the values of context variables of its own, and the context of the host that it was made in. */
function moveContext(task: Runner, from: GreenletNode, to: GreenletNode): void {
  const seat = task._seat
  const { scope } = task._context
  from._context = seat === task ? task._context : new Surroundings(seat._context.vars, scope)
  if (from._held !== undefined) from._held._context = from._context
  const around =
    to._held === undefined ? to._context : new Surroundings(to._held._context.vars, to._context.scope)
  if (seat !== task) seat._context = new Surroundings(around.vars, seat._context.scope)
  task._context = around
  delivery.away = around.scope !== scope
}
