import type { Block, Program, Statement } from './program.ts'

/** A greenlet of a body, as the programs below make them. */
const make = (
  slot: number,
  body: number,
  more: Partial<Extract<Statement, { op: 'create' }>> = {},
): Statement => ({
  op: 'create',
  slot,
  body,
  parent: null,
  making: 'function',
  generator: false,
  scoped: false,
  ...more,
})
const to = (ref: Extract<Statement, { op: 'switch' }>['to'], ...args: number[]): Statement => ({
  op: 'switch',
  to: ref,
  args,
})
const give = (value: number): Statement => ({ op: 'return', value })
const raise = (message: string): Statement => ({ op: 'raise', error: { kind: 'App', message } })
const safely = (...body: Block): Statement => ({
  op: 'try',
  body,
  handler: { kind: 'all', body: [], leave: 'swallow' },
  cleanup: null,
})
const program = (...bodies: Block[]): Program => ({ bodies, foreign: false, watched: false })

/** Programs that were worth writing by hand: each holds one rule that is easily broken. */
export const byHand: Readonly<Record<string, Program>> = {
  'values go there and back, from inside calls and callbacks': program(
    [make(1, 1), to('G1', 1), to('G1', 2, 3), to('G1')],
    [
      { op: 'within', way: 'map', times: 2, body: [to('parent', 4)] },
      { op: 'within', way: 'function', times: 3, body: [to('G0', 5, 6)] },
    ],
  ),
  'a result begins a parent that has not begun': program(
    [make(1, 1), make(2, 2), { op: 'setParent', of: 'G2', to: 'G1' }, to('G2', 1)],
    [to('parent', 7)],
    [give(9)],
  ),
  'an error goes to the next that lives': program(
    [make(1, 1), make(2, 2, { parent: 'G1' }), to('G1'), to('G2'), safely(to('G2'))],
    [],
    [to('G0'), raise('for the main greenlet')],
  ),
  'an error goes past a parent with nothing to run, as what is wrong with that': program(
    [
      make(1, 1, { making: 'nothing' }),
      make(2, 2, { parent: 'G1' }),
      safely(to('G2')),
      { op: 'look', at: 'G1' },
    ],
    [],
    [raise('lost')],
  ),
  'GreenletExit is what a greenlet gives, after its cleanup, which may switch': program(
    [make(1, 1), to('G1'), { op: 'throw', to: 'G1', error: null }, to('G1', 8), to('G1', 9)],
    [{ op: 'try', body: [to('parent')], handler: null, cleanup: [to('parent', 5)] }],
  ),
  'one that is thrown into before it begins never runs, and one that is dead passes it on': program(
    [
      make(1, 1),
      { op: 'throw', to: 'G1', error: { kind: 'Exit', message: 'exit 1' } },
      { op: 'throw', to: 'G1', error: { kind: 'Exit', message: 'exit 2' } },
      safely({ op: 'throw', to: 'G1', error: { kind: 'App', message: 'app' } }),
      to('G1', 1, 2),
    ],
    [raise('it ran')],
  ),
  'a tracer that fails throws into who was switched to, and traces no more': program(
    [
      make(1, 1),
      { op: 'trace', tracer: 0, fails: 1 },
      safely(to('G1')),
      to('G1'),
      { op: 'trace', tracer: null, fails: null },
    ],
    [to('parent', 1), to('parent', 2)],
  ),
  'a switch that is refused is thrown where it was asked for': {
    ...program([safely(to('F0', 1)), safely(to('F2')), make(1, 1), to('G1')], [safely(to('F1')), give(1)]),
    foreign: true,
  },
  'a context that several have is that of the one that runs': program(
    [
      make(2, 1),
      make(3, 2),
      to('G3'),
      { op: 'setVariable', variable: 0, value: 36 },
      to('G1'),
      { op: 'getVariable', variable: 0 },
    ],
    [{ op: 'setContext', of: 'G3', to: 'G2' }],
    [
      { op: 'setVariable', variable: 1, value: 41 },
      { op: 'setContext', of: 'G2', to: 'self' },
      make(1, 1),
      { op: 'setContext', of: 'G0', to: 'self' },
    ],
  ),
}
