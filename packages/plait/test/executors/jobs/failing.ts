import { remote, reportProgress } from '../../../src/executors.ts'
import {
  CancelledError,
  type Operation,
  QueueFullError,
  sleep,
  TimeoutError,
  taskGroup,
} from '../../../src/index.ts'

export const Overdrawn = remote(
  import.meta.url,
  class Overdrawn extends RangeError {
    readonly balance: number
    readonly account: { readonly owner: string }

    constructor(owner: string, balance: number) {
      super(`${owner} has ${balance}`)
      this.name = 'Overdrawn'
      this.balance = balance
      this.account = { owner }
    }

    get debt(): number {
      return -this.balance
    }
  },
)

/** Not declared: only its name gets out. */
class Unknown extends TypeError {
  readonly code = 'E_UNKNOWN'
}

type How = keyof typeof thrown

const thrown = {
  builtin: () => new RangeError('too far'),
  library: () => new QueueFullError('no room'),
  timeout: () => new TimeoutError('too late'),
  declared: () => new Overdrawn('ann', -5),
  undeclared: () => new Unknown('who knows'),
  cause: () => new Error('outer', { cause: new Overdrawn('bob', -7) }),
  aggregate: () => new AggregateError([new RangeError('one'), new Overdrawn('cid', -1)], 'several'),
  dom: () => new DOMException('not now', 'NotFoundError'),
  node: () => Object.assign(new Error('no file'), { code: 'ENOENT', errno: -2, path: '/nowhere' }),
  text: () => 'just text',
  nothing: () => undefined,
  data: () => ({ code: 7 }),
  function: () => () => 1,
  carriesFunction: () => Object.assign(new Error('with a handler'), { handler: () => 1 }),
} as const

export const fail = remote(import.meta.url, function fail(how: How): void {
  throw thrown[how]()
})

export const failLater = remote(import.meta.url, async function failLater(how: How): Promise<void> {
  await Promise.resolve()
  throw thrown[how]()
})

export const failWaiting = remote(import.meta.url, function* failWaiting(how: How): Operation<void> {
  yield* sleep(0)
  yield* failDeeper(how)
})

function* failDeeper(how: How): Operation<void> {
  yield* sleep(0)
  throw thrown[how]()
}

export const failInGroup = remote(import.meta.url, function* failInGroup(): Operation<void> {
  yield* taskGroup(function* (group) {
    group.createTask(failDeeper('builtin'))
    group.createTask(failDeeper('declared'))
  })
})

export const cancelItself = remote(import.meta.url, function cancelItself(): void {
  throw new CancelledError('by itself')
})

export const failAfter = remote(import.meta.url, function failAfter(values: readonly number[]): void {
  for (const value of values) reportProgress(value)
  throw new RangeError('after all')
})
