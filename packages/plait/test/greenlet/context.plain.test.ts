import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect } from 'vitest'
import { call, Greenlet, getcurrent, sleep, switchTo, until } from '../../src/greenlet.ts'
import { Context, ContextVar, copyContext, createTask, type Operation } from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

const user = new ContextVar<string>('user', { default: 'nobody' })

describe('the values of context variables', () => {
  plainTest('are those of each greenlet, none at first, and stay over every switch', () => {
    const main = getcurrent()
    user.set('main')
    const seen: string[] = []
    const greenlet: Greenlet = new Greenlet(() => {
      seen.push(user.get())
      user.set('greenlet')
      main.switch()
      seen.push(user.get())
      user.set('greenlet again')
      main.switch()
      seen.push(user.get())
    })
    for (const name of ['main', 'main 2', 'main 3']) {
      user.set(name)
      greenlet.switch()
      seen.push(user.get())
    }
    expect(seen).toEqual(['nobody', 'main', 'greenlet', 'main 2', 'greenlet again', 'main 3'])
  })

  plainTest('stay over waits, and in a generator, and are taken along by tasks that are made', () => {
    user.set('main')
    const seen: string[] = []
    new Greenlet(function* (): Operation<void> {
      user.set('generator')
      yield* call(sleep, 1)
      seen.push(user.get(), yield* createTask(call(() => user.get())))
    }).switch()
    new Greenlet(() => {
      user.set('plain')
      sleep(1)
      seen.push(user.get(), until(createTask(() => user.get())))
    }).switch()
    expect([...seen, user.get()]).toEqual(['generator', 'generator', 'plain', 'plain', 'main'])
  })

  plainTest('are its parent’s again when it ends, or throws', () => {
    user.set('main')
    new Greenlet(() => user.set('child')).switch()
    const boom = new Error('boom')
    const failing = new Greenlet(() => {
      user.set('failing')
      throw boom
    })
    expect([user.get(), thrownBy(() => failing.switch()), user.get()]).toEqual(['main', boom, 'main'])
  })

  plainTest('are none in a parent that is begun by what its child gives', () => {
    user.set('main')
    const parent: Greenlet = new Greenlet(heard => [heard, user.get()])
    const child: Greenlet = new Greenlet(() => {
      user.set('child')
      return user.get()
    }, parent)
    expect(child.switch()).toEqual(['child', 'nobody'])
  })
})

describe('the context of a greenlet', () => {
  plainTest('tells its values while it stands, is current, and has ended', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(() => {
      user.set('greenlet')
      main.switch(greenlet.context.get(user))
      user.set('later')
    })
    expect(greenlet.context.get(user)).toBe(undefined)
    expect([greenlet.switch(), greenlet.context.get(user)]).toEqual(['greenlet', 'greenlet'])
    greenlet.switch()
    expect(greenlet.context.get(user)).toBe('later')
  })

  plainTest('can be given, and keeps what the greenlet sets in it', () => {
    user.set('main')
    const context = copyContext()
    const greenlet: Greenlet = new Greenlet(() => {
      const before = user.get()
      user.set('greenlet')
      return before
    })
    greenlet.context = context
    expect(greenlet.context).toBe(context)
    expect([greenlet.switch(), context.get(user), user.get()]).toEqual(['main', 'greenlet', 'main'])
  })

  plainTest('may be one for several greenlets', () => {
    const main = getcurrent()
    const context = new Context()
    const first: Greenlet = new Greenlet(() => {
      user.set('first')
      main.switch()
      return user.get()
    })
    const second: Greenlet = new Greenlet(() => {
      const before = user.get()
      user.set('second')
      return before
    })
    first.context = context
    second.context = context
    first.switch()
    expect([second.switch(), first.switch(), user.get()]).toEqual(['first', 'second', 'nobody'])
  })

  plainTest('can be changed, or emptied, while it runs', () => {
    const greenlet: Greenlet = new Greenlet(() => {
      user.set('before')
      const before = greenlet.context
      greenlet.context = undefined
      const seen = [user.get()]
      user.set('between')
      greenlet.context = before
      return [...seen, user.get()]
    })
    expect(greenlet.switch()).toEqual(['nobody', 'before'])
  })

  plainTest('must be a context', () => {
    const greenlet = new Greenlet(() => {})
    for (const wrong of [null, {}, new Map()] as never[])
      expect(() => {
        greenlet.context = wrong
      }).toThrow('copyContext()')
  })
})

describe('the store of an AsyncLocalStorage', () => {
  const request = new AsyncLocalStorage<string>()

  plainTest('is that of where the greenlet was made, over every switch and wait', () => {
    const main = getcurrent()
    const seen: unknown[] = []
    const [a, b] = ['a', 'b'].map(store =>
      request.run(store, () => {
        return new Greenlet(() => {
          seen.push(request.getStore())
          main.switch()
          sleep(1)
          seen.push(request.getStore())
        })
      }),
    ) as [Greenlet, Greenlet]
    for (const greenlet of [a, b, a, b]) {
      greenlet.switch()
      seen.push(request.getStore())
    }
    expect(seen).toEqual(['a', undefined, 'b', undefined, 'a', undefined, 'b', undefined])
  })

  plainTest('is kept apart by greenlets that switch to each other thousands of times', () => {
    const wrong: unknown[] = []
    const rounds = 5000
    const main = getcurrent()
    const ring: Greenlet[] = ['a', 'b', 'c'].map((store, i) =>
      request.run(
        store,
        () =>
          new Greenlet(() => {
            for (let round = 0; round < rounds; round += 1) {
              if (request.getStore() !== store) wrong.push([store, request.getStore()])
              ring[(i + 1) % ring.length]?.switch()
            }
            main.switch()
          }),
      ),
    )
    ring[0]?.switch()
    expect([wrong, request.getStore()]).toEqual([[], undefined])
  })

  plainTest('is kept by generators that switch, and is what tasks take along that are made in it', () => {
    const main = getcurrent()
    const greenlet = request.run(
      'made',
      () =>
        new Greenlet(function* (): Operation<unknown[]> {
          const first = request.getStore()
          yield* switchTo(main)
          return [first, request.getStore(), yield* createTask(call(() => request.getStore()))]
        }),
    )
    greenlet.switch()
    expect(request.run('elsewhere', () => request.getStore())).toBe('elsewhere')
    expect([greenlet.switch(), request.getStore()]).toEqual([['made', 'made', 'made'], undefined])
  })
})
