import {
  AsyncResult,
  BoundedSemaphore,
  Channel,
  Event,
  Group,
  JoinableQueue,
  LifoQueue,
  Pool,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
} from '../../../src/gevent.ts'
import type { World } from './world.ts'

export type AnyQueue = Queue<unknown> | JoinableQueue<unknown> | PriorityQueue<number> | LifoQueue<unknown>
export type Counting = Semaphore | BoundedSemaphore
export type Lock = Counting | RLock
export type AnyGroup = Group | Pool

const makers: Readonly<Record<string, (number: number) => object>> = {
  event: () => new Event(),
  result: () => new AsyncResult(),
  semaphore: number => new Semaphore(number),
  bounded: number => new BoundedSemaphore(number),
  rlock: () => new RLock(),
  queue: size => new Queue<unknown>(size || undefined),
  joinable: size => new JoinableQueue<unknown>(size || undefined),
  priority: size => new PriorityQueue<number>(size || undefined),
  lifo: size => new LifoQueue<unknown>(size || undefined),
  channel: () => new Channel<unknown>(),
  group: () => new Group(),
  pool: size => new Pool(size),
}

/** A kind and a number: how many permits, how much room, or which of several. */
function make(name: string): object {
  const kind = name.replace(/\d+$/, '')
  const maker = makers[kind]
  if (maker === undefined) throw new Error(`there is nothing called ${name}`)
  return maker(Number(name.slice(kind.length)))
}

/** What greenlets share, by name, each made when it is first named. */
export class SharedThings {
  readonly #world: World
  readonly #things = new Map<string, object>()

  constructor(world: World) {
    this.#world = world
  }

  /** Whatever it is; the name tells, and the program keeps to it. */
  get<T>(name: string): T {
    let thing = this.#things.get(name)
    if (thing === undefined) {
      thing = this.#world.describer.know(make(name), name)
      this.#things.set(name, thing)
    }
    return thing as T
  }
}
