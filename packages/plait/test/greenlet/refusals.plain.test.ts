import { describe, expect, test } from 'vitest'
import {
  CannotSuspendError,
  call,
  Greenlet,
  getcurrent,
  sleep,
  switchTo,
  throwTo,
  until,
} from '../../src/greenlet.ts'
import { coroutine, createTask, type Operation, Queue } from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

describe('a switch to a greenlet of another task', () => {
  plainTest('is refused where it is asked for, and both tasks go on', () => {
    const greenlets = new Queue<Greenlet>()
    const other = createTask(() => {
      const main = getcurrent()
      const greenlet = new Greenlet(() => main.switch('its own'))
      until(greenlets.put(greenlet))
      until(greenlets.put(main))
      sleep(1)
      return greenlet.switch()
    })
    const greenlet = until(greenlets.get())
    const main = until(greenlets.get())
    for (const act of [
      () => greenlet.switch(),
      () => greenlet.throw(),
      () => main.switch(),
      () => until(switchTo(greenlet)),
      () => until(throwTo(main)),
    ])
      expect(thrownBy(act)).toMatchObject({ code: 'greenletElsewhere' })
    expect(until(other)).toBe('its own')
  })

  plainTest('nor is such a one a parent', () => {
    const elsewhere = until(createTask(() => new Greenlet(() => {})))
    const greenlet = new Greenlet(() => {})
    greenlet.switch()
    expect(() => {
      greenlet.parent = elsewhere
    }).toThrow('belongs to another task')
  })
})

describe('a greenlet that was made outside of any task', () => {
  const outside = getcurrent()
  const greenlet: Greenlet = new Greenlet(() => getcurrent() === greenlet)
  const child = new Greenlet(() => 'given', new Greenlet((value: unknown) => ['parent heard', value]))

  plainTest('belongs to the task that first switches to it, and its end arrives there', () => {
    expect(greenlet.switch()).toBe(true)
    expect(greenlet.parent === getcurrent()).toBe(true)
    expect(child.switch()).toEqual(['parent heard', 'given'])
  })

  plainTest('so also where the parent it was made with is what is current out there', () => {
    const heard: Greenlet = new Greenlet(() => 'heard', outside)
    expect([heard.switch(), heard.parent === getcurrent()]).toEqual(['heard', true])
  })

  plainTest('is not what is current out there, which no task can have', () => {
    expect(thrownBy(() => outside.switch())).toMatchObject({ code: 'greenletElsewhere' })
    expect(thrownBy(() => outside.throw())).toMatchObject({ code: 'greenletElsewhere' })
    expect(new Greenlet(() => 'as before').switch()).toBe('as before')
  })
})

describe('a switch in a coroutine that is driven by hand', () => {
  plainTest('is refused in there, and the coroutine goes on if it catches that', () => {
    const seen: unknown[] = []
    const log: string[] = []
    const greenlet = new Greenlet(() => log.push('ran'))
    const made = coroutine(function* byHand(): Operation<string> {
      try {
        yield* switchTo(greenlet)
      } catch (error) {
        seen.push(error)
      }
      return 'over'
    })()
    expect(made.next()).toEqual({ done: true, value: 'over' })
    expect(seen).toEqual([expect.objectContaining({ code: 'switchByHand' })])
    expect([log, greenlet.started]).toEqual([[], false])
    greenlet.switch()
    expect(log).toEqual(['ran'])
  })

  plainTest('is refused to plain code as well', () => {
    const greenlet = new Greenlet(() => {})
    const made = call(() => thrownBy(() => greenlet.switch()))
    expect(made.next().value).toMatchObject({ code: 'switchByHand' })
  })
})

describe('a switch where nothing can be suspended', () => {
  test('is refused outside of any task, before anything begins', () => {
    const log: string[] = []
    const greenlet = new Greenlet(() => log.push('ran'))
    expect(() => greenlet.switch()).toThrow(CannotSuspendError)
    expect(() => greenlet.throw()).toThrow(/^Greenlet\.throw\(…\) cannot suspend here/)
    expect([log, greenlet.started, greenlet.dead]).toEqual([[], false, false])
  })

  plainTest('is refused beneath what the engine calls, which is named, and can be made after that', () => {
    const greenlet: Greenlet = new Greenlet(value => value)
    const asked = {
      switches: { toJSON: () => greenlet.switch() },
      throws: { toJSON: () => greenlet.throw() },
    }
    const messages: string[] = []
    for (const one of [asked.switches, asked.throws])
      try {
        JSON.stringify(one)
      } catch (error) {
        expect(error).toBeInstanceOf(CannotSuspendError)
        expect((error as Error).stack).toContain('refusals.plain.test.ts')
        messages.push((error as Error).message)
      }
    expect(messages).toEqual([
      expect.stringMatching(
        /^Greenlet\.switch\(…\) cannot suspend here: JSON\.stringify is in the way, called at/,
      ),
      expect.stringMatching(
        /^Greenlet\.throw\(…\) cannot suspend here: JSON\.stringify is in the way, called at/,
      ),
    ])
    expect(greenlet.switch('directly')).toBe('directly')
  })
})
