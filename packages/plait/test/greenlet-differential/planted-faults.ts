import type { Fault } from '../differential/find-faults.ts'

/** What a port of greenlets is likely to get wrong. */
export const faults: readonly Fault[] = [
  {
    what: 'GreenletExit ends a greenlet as an error, and is not what it gives',
    file: 'greenlet/switching.ts',
    find: 'const isExit = throws && value instanceof GreenletExit',
    replace: 'const isExit = false',
  },
  {
    what: 'GreenletExit that is thrown into a dead greenlet is thrown in its parent',
    file: 'greenlet/switching.ts',
    find: 'order.throws && first._state === DEAD && order.value instanceof GreenletExit',
    replace: 'order.throws && first._state === 9 && order.value instanceof GreenletExit',
  },
  {
    what: 'what a greenlet gives arrives at the main greenlet, whoever its parent is',
    file: 'greenlet/switching.ts',
    find: 'order.target = greenlet._parent ?? mainOf(strand)',
    replace: 'order.target = mainOf(strand)',
  },
  {
    what: 'in place of a dead greenlet the main one goes on, not its parent',
    file: 'greenlet/switching.ts',
    find: 'for (let to = first; ; to = to._parent ?? mainOf(strand)) {',
    replace: 'for (let to = first; ; to = mainOf(strand)) {',
  },
  {
    what: 'a switch of no values begins a greenlet with one, undefined',
    file: 'greenlet/switching.ts',
    find: 'if (count === 0) return []',
    replace: '',
  },
  {
    what: 'a dying greenlet is lost on a parent with nothing to run: what it gave goes further up in place of the mistake',
    file: 'greenlet/switching.ts',
    find: 'order.throws = true\n    order.value = error',
    replace: '',
  },
  {
    what: 'a greenlet that is thrown into before it begins runs all the same',
    file: 'greenlet/switching.ts',
    find: 'delivery.throws = order.throws',
    replace: 'delivery.throws = order.throws && to._state !== NEW',
  },
  {
    what: 'a greenlet begins with the context variables of the one that switched to it',
    file: 'greenlet/switching.ts',
    find: 'task._context = around\n',
    replace: 'if (to._context.vars.size > 0 || to._held !== undefined) task._context = around\n',
  },
  {
    what: 'a context that was handed in does not see what its greenlet sets',
    file: 'greenlet/switching.ts',
    find: 'if (from._held !== undefined) from._held._context = from._context',
    replace: '',
  },
  {
    what: "the host's context is that of whoever switched",
    file: 'greenlet/switching.ts',
    find: 'delivery.away = around.scope !== scope',
    replace: '',
  },
  {
    what: 'a tracer that has failed is called again',
    file: 'greenlet/tracer.ts',
    find: 'tracer.callback = undefined\n    delivery',
    replace: 'delivery',
  },
  {
    what: 'what a tracer throws is lost',
    file: 'greenlet/tracer.ts',
    find: 'delivery.throws = true\n    delivery._result = error',
    replace: '',
  },
  {
    what: 'a greenlet may become the child of its own child',
    file: 'greenlet/greenlet.ts',
    find: "if (above === this) throw misuse('parentsInCircle', String(this))",
    replace: "if (above === this && parent === this) throw misuse('parentsInCircle', String(this))",
  },
  {
    what: 'a greenlet that has begun keeps the parent it had',
    file: 'greenlet/greenlet.ts',
    find: 'this._parent = parent\n',
    replace: 'if (this._state === NEW) this._parent = parent\n',
  },
  {
    what: 'run can be set after the start',
    file: 'greenlet/greenlet.ts',
    find: "if (this._state !== NEW) throw misuse('runAfterStart', String(this))",
    replace: '',
  },
  {
    what: 'a switch that is refused is thrown nowhere in a generator at the root',
    file: 'greenlet/switching.ts',
    find: 'task._leaf ??= rootFrame(task)',
    replace: '',
  },
]
