import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { joinall, Local, sleep, spawn } from '../../src/gevent.ts'
import { createTask, sleep as nap, run } from '../../src/index.ts'
import { collectUntil } from '../collect-garbage.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

plainTest('each greenlet has values of its own, over every wait', () => {
  const local = new Local<{ user: string }>()
  local.user = 'main'
  const serve = (user: string): string[] => {
    const before = Object.keys(local)
    local.user = user
    sleep(10)
    return [...before, local.user]
  }
  const greenlets = ['ann', 'bob'].map(user => spawn(serve, user))
  joinall(greenlets)
  expect(greenlets.map(greenlet => greenlet.get())).toEqual([['ann'], ['bob']])
  expect(local.user).toBe('main')
})

plainTest('tasks of other colors have their own as well', () => {
  const local = new Local<{ n: number }>()
  local.n = 1
  const task = createTask(function* () {
    const before = local.n
    local.n = 2
    yield* nap(1)
    return [before, local.n]
  })
  sleep(5)
  expect([task.result(), local.n]).toEqual([[undefined, 2], 1])
})

test('code outside of any greenlet shares one place, which greenlets do not see', async () => {
  const local = new Local<{ n?: number }>()
  local.n = 1
  const seen = await run(function* () {
    return local.n
  })
  expect([local.n, seen]).toEqual([1, undefined])
})

plainTest('it is an object like any other, as far as the current greenlet goes', () => {
  const local = new Local<{ a?: number; b?: number; hidden?: number }>()
  Object.assign(local, { a: 1, b: 2 })
  Object.defineProperty(local, 'hidden', { value: 3, enumerable: false })
  delete local.a
  expect({ ...local }).toEqual({ b: 2 })
  expect(['a' in local, 'b' in local, 'hidden' in local, local.hidden]).toEqual([false, true, true, 3])
  expect(JSON.stringify(local)).toBe('{"b":2}')
  expect(() => Object.freeze(local)).toThrow(TypeError)
  expect(spawn(() => Object.keys(local)).get()).toEqual([])
})

class Tinted extends Local<{ color: string; uses: number; made?: boolean }> {
  readonly number = 2
  override uses = 0

  constructor(color: string, log: string[] = []) {
    super(color, log)
    log.push(`made ${color}`)
    this.color = color
  }

  get squared(): number {
    return this.number ** 2
  }

  use(): string {
    this.uses += 1
    return `${this.color} ${this.uses} ${this.squared}`
  }
}

plainTest('a class that extends it is constructed once in each greenlet that touches the object', () => {
  const log: string[] = []
  const tinted = new Tinted('red', log)
  expect(log).toEqual(['made red'])
  tinted.color = 'blue'
  const twice = (): string[] => [tinted.use(), tinted.use()]
  const untouched = spawn(() => 'nothing')
  const touched = spawn(twice)
  joinall([untouched, touched])
  expect(touched.get()).toEqual(['red 1 4', 'red 2 4'])
  expect(log).toEqual(['made red', 'made red'])
  expect(tinted.use()).toBe('blue 1 4')
  expect(tinted).toBeInstanceOf(Tinted)
})

class Nested extends Local<{ inner: Link }> {
  constructor() {
    super()
    this.inner = new Link(new Link())
  }
}

class Link extends Local<{ other: Link | undefined }> {
  constructor(other: Link | undefined = undefined) {
    super(other)
    this.other = other
  }
}

plainTest('locals that a constructor makes are objects of their own, in each greenlet', () => {
  const nested = new Nested()
  const inner = spawn(() => nested.inner).get()
  expect(inner).not.toBe(nested.inner)
  expect(inner).toBeInstanceOf(Link)
  expect(inner).not.toBe(nested)
})

class Chain extends Local<{ next: object | undefined }> {
  constructor(length: number) {
    super(length)
    this.next = length > 1 ? new Chain(length - 1) : undefined
  }
}

class Early extends Local<{ inner: Link }> {
  constructor() {
    const inner = new Link()
    super()
    this.inner = inner
  }
}

plainTest('also those of its own class, and those made before it is', () => {
  const chain = new Chain(2)
  const early = new Early()
  const [next, inner] = spawn(() => [chain.next, early.inner]).get()
  expect([next === chain.next, next === chain, next instanceof Chain]).toEqual([false, false, true])
  expect([inner === early.inner, inner instanceof Link, inner instanceof Early]).toEqual([false, true, false])
})

plainTest('a constructor that fails is called again the next time, from the beginning', () => {
  let fails = false
  class Fragile extends Local<{ first: number; second: number }> {
    override first = 1

    constructor() {
      super()
      if (fails) throw new Error('not yet')
      this.second = 2
    }
  }
  const fragile = new Fragile()
  fails = true
  const seen = spawn(() => {
    const error = thrownBy(() => fragile.first)
    fails = false
    return [(error as Error).message, { ...fragile }]
  })
  expect(seen.get()).toEqual(['not yet', { first: 1, second: 2 }])
})

test('values are let go with their greenlet, and with the local', async () => {
  const local = new Local<{ page?: object }>()
  const gone: string[] = []
  const registry = new FinalizationRegistry<string>(name => void gone.push(name))
  const watched = (name: string): object => {
    const page = {}
    registry.register(page, name)
    return page
  }
  await run(function* () {
    yield* spawn(function* () {
      local.page = watched('of a greenlet')
    })
    new Local<{ page?: object }>().page = watched('of a local')
  })
  // The runtime keeps whoever ran last at hand until somebody else has.
  await run(function* () {
    yield* spawn(function* () {})
  })
  expect(await collectUntil(() => gone.length === 2)).toBe(true)
  expect(Object.keys(local)).toEqual([])
})

plainTest('it is printed as the values of whoever prints it', () => {
  const local = new Local<{ user: string }>()
  local.user = 'ann'
  expect([inspect(local), spawn(() => inspect(local)).get()]).toEqual(["{ user: 'ann' }", '{}'])
})
