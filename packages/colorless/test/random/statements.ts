import type { Random } from '../../../plait/test/differential/random.ts'
import type { Classes } from './classes.ts'
import type { Expressions } from './expressions.ts'
import type { Functions } from './functions.ts'
import { type Place, Scope } from './scope.ts'

type Write = (scope: Scope, place: Place) => string | undefined

/** Writes statements; every loop asks at each round whether the program may go on. */
export class Statements {
  readonly #random: Random
  readonly #expressions: Expressions
  readonly #functions: Functions
  readonly #classes: Classes
  /** How many more there may be. */
  left = 0

  constructor(random: Random, expressions: Expressions, functions: Functions, classes: Classes) {
    this.#random = random
    this.#expressions = expressions
    this.#functions = functions
    this.#classes = classes
  }

  /** Some statements in a row; functions may stand after what calls them. */
  block(scope: Scope, place: Place, count: number): string {
    const lines: string[] = []
    const late: string[] = []
    for (let n = 0; n < count && this.left > 0; n++) {
      if (this.#random.chance(0.08)) {
        const { name, text } = this.#functions.declaration(scope, this.#inner(place), false)
        scope.add({ name, kind: 'function', isMutable: false })
        late.push(text)
      }
      lines.push(this.statement(scope, place))
    }
    return [...lines, ...late].join('\n')
  }

  statement(scope: Scope, place: Place): string {
    this.left -= 1
    const simple = place.depth <= 0 || this.left <= 0
    for (;;) {
      const text = this.#random.weighted(simple ? this.#simple : this.#all)(scope, place)
      if (text !== undefined) return text
    }
  }

  /** Something that can be called later. */
  definition(kind: 'function' | 'generator' | 'class', scope: Scope, place: Place): string {
    return kind === 'class'
      ? this.#declareClass(scope, place)
      : this.#declareFunction(scope, place, kind === 'generator')
  }

  #inner(place: Place): Place {
    return { ...place, depth: place.depth - 1 }
  }

  #body(scope: Scope, place: Place, beginning = ''): string {
    const body = this.block(new Scope(scope), this.#inner(place), this.#random.between(1, 3))
    return `{ ${beginning}${body} }`
  }

  #number(scope: Scope, place: Place): string {
    return this.#expressions.number(scope, { ...place, depth: Math.min(place.depth, 3) })
  }

  readonly #simple: readonly (readonly [Write, number])[] = [
    [(scope, place) => `log(${this.#expressions.label()}, ${this.#number(scope, place)})`, 6],
    [(scope, place) => this.#declare(scope, place), 4],
    [(scope, place) => `;${this.#number(scope, place)}`, 2],
    [(_scope, place) => this.#jump(place), 2.5],
    [(scope, place) => (place.mayReturn ? `return ${this.#number(scope, place)}` : undefined), 0.7],
    [(scope, place) => `throw new Error('e' + ${this.#number(scope, place)})`, 0.6],
    [() => 'point()', 1],
    [(scope, place) => this.#pattern(scope, place), 2],
    [(scope, place) => (place.isGenerator ? this.#yield(scope, place) : undefined), 3],
  ]

  readonly #all: readonly (readonly [Write, number])[] = [
    ...this.#simple,
    [(scope, place) => this.#if(scope, place), 3],
    [(scope, place) => this.#loop(scope, place), 4],
    [(scope, place) => this.#forOf(scope, place), 4],
    [(scope, place) => this.#switch(scope, place), 1.5],
    [(scope, place) => this.#try(scope, place), 3],
    [(scope, place) => this.#labelled(scope, place), 1.5],
    [(scope, place) => this.#declareFunction(scope, place, false), 3],
    [(scope, place) => this.#declareFunction(scope, place, true), 2],
    [(scope, place) => this.#declareClass(scope, place), 3],
    [(scope, place) => this.#body(scope, place), 1],
    [(scope, place) => this.#drive(scope, place), 1.5],
    [(scope, place) => this.#closures(scope, place), 1],
  ]

  #declare(scope: Scope, place: Place): string {
    const random = this.#random
    const word = random.pick(['const', 'let', 'let'])
    const isMutable = word === 'let'
    switch (random.between(0, 5)) {
      case 0: {
        const name = this.#functions.name('l')
        const value = this.#expressions.list(scope, { ...place, depth: 2 })
        scope.add({ name, kind: 'list', isMutable })
        return `${word} ${name} = ${value}`
      }
      case 1: {
        const name = this.#functions.name('o')
        const value = this.#expressions.record(scope, { ...place, depth: 2 })
        scope.add({ name, kind: 'record', isMutable })
        return `${word} ${name} = ${value}`
      }
      case 2: {
        const name = this.#functions.name('h')
        const value = this.#functions.expression(scope, { ...place, depth: 2 })
        scope.add({ name, kind: 'function', isMutable: false })
        return `${word} ${name} = ${value}`
      }
      case 3: {
        const of = scope.pick(random, 'class')
        if (of?.shape === undefined) break
        const name = this.#functions.name('i')
        const value = `new ${of.name}(${this.#expressions.args(scope, { ...place, depth: 2 })})`
        scope.add({ name, kind: 'instance', isMutable: false, shape: of.shape })
        return `const ${name} = ${value}`
      }
    }
    const name = this.#functions.name('v')
    const value = this.#number(scope, place)
    scope.add({ name, kind: 'number', isMutable })
    return `${word} ${name} = ${value}`
  }

  #pattern(scope: Scope, place: Place): string {
    const random = this.#random
    const inner = { ...place, depth: 1 }
    const [a, b] = [this.#functions.name('v'), this.#functions.name('v')]
    const value = (): string => this.#expressions.number(scope, inner)
    const text = random.weighted([
      [
        `const { a: ${a} = ${value()}, [${this.#expressions.key(scope, inner)}]: ${b} = ${value()} } = ${this.#expressions.record(scope, inner)}`,
        2,
      ],
      [`let [${a} = ${value()}, ${b} = ${value()}] = ${this.#expressions.iterable(scope, inner)}`, 2],
      [`let [${a}, , ...{ length: ${b} }] = ${this.#expressions.iterable(scope, inner)}`, 1],
      [`let ${a}, ${b}; [${a}, ${b} = ${value()}] = ${this.#expressions.iterable(scope, inner)}`, 1],
      [`let { a: ${a}, ...rest${b} } = ${this.#expressions.record(scope, inner)}, ${b} = rest${b}.b`, 1],
    ])
    for (const name of [a, b]) scope.add({ name, kind: 'number', isMutable: text.startsWith('let') })
    return text
  }

  #yield(scope: Scope, place: Place): string {
    const value = this.#number(scope, { ...place, depth: 1 })
    return this.#random.chance(0.3)
      ? `yield* ${this.#expressions.iterable(scope, { ...place, depth: 1 })}`
      : `log(${this.#expressions.label()}, yield ${value})`
  }

  #jump(place: Place): string | undefined {
    const random = this.#random
    const label = place.labels.length > 0 && random.chance(0.5) ? random.pick(place.labels) : undefined
    if (label !== undefined)
      return `${label.isLoop && random.chance(0.5) ? 'continue' : 'break'} ${label.name}`
    if (place.mayContinue && random.chance(0.6)) return 'continue'
    return place.mayBreak ? 'break' : undefined
  }

  #if(scope: Scope, place: Place): string {
    const test = this.#expressions.condition(scope, { ...place, depth: 2 })
    const body = this.#body(scope, place)
    if (this.#random.chance(0.5)) return `if (${test}) ${body}`
    return `if (${test}) ${body} else ${this.#random.chance(0.3) ? this.#if(scope, this.#inner(place)) : this.#body(scope, place)}`
  }

  #loop(scope: Scope, place: Place, label?: string): string {
    const random = this.#random
    const inner = this.#inLoop(place, label)
    const head = { ...place, depth: 1 }
    const own = new Scope(scope)
    const name = this.#functions.name('n')
    const value = (): string => this.#expressions.number(own, head)
    switch (random.between(0, 4)) {
      case 0:
        return `while (go() && ${this.#expressions.condition(scope, head)}) ${this.#body(scope, inner)}`
      case 1:
        return `do ${this.#body(scope, inner)} while (go() && ${this.#expressions.condition(scope, head)})`
      case 2: {
        const key = this.#functions.name('k')
        const object = this.#expressions.record(scope, head)
        return `for (const ${key} in ${object}) ${this.#body(own, inner, `${this.#functions.guard('break')}log(${this.#expressions.label()}, ${key}); `)}`
      }
      default: {
        const init = `let ${name} = ${this.#expressions.number(scope, head)}`
        own.add({ name, kind: 'number', isMutable: false })
        const bound = random.between(1, 4)
        return `for (${init}, end${name} = ${name} + ${bound}; go() && ${name} < end${name}; ${name} += 1 + num(${random.chance(0.3) ? `0 * ${value()}` : '0'})) ${this.#body(own, inner)}`
      }
    }
  }

  #forOf(scope: Scope, place: Place, label?: string): string {
    const random = this.#random
    const head = { ...place, depth: 1 }
    const iterable = this.#expressions.iterable(scope, head)
    const own = new Scope(scope)
    const name = this.#functions.name('e')
    const target = random.weighted([
      [`const ${name}`, 4],
      [`let ${name}`, 2],
      [`const { length: ${name} = ${this.#expressions.number(scope, head)} }`, 1],
      [scope.pick(random, 'number', true)?.name ?? `var ${name}`, 1],
      [`${scope.pick(random, 'record')?.name ?? '({})'}[${this.#expressions.key(scope, head)}]`, 1],
    ])
    if (target.includes(name)) own.add({ name, kind: 'number', isMutable: target.startsWith('let') })
    return `for (${target} of ${iterable}) ${this.#body(own, this.#inLoop(place, label), this.#functions.guard('break'))}`
  }

  #inLoop(place: Place, label: string | undefined): Place {
    const labels = label === undefined ? place.labels : [...place.labels, { name: label, isLoop: true }]
    return { ...place, labels, mayBreak: true, mayContinue: true }
  }

  #labelled(scope: Scope, place: Place): string {
    const label = this.#functions.name('L')
    switch (this.#random.between(0, 2)) {
      case 0:
        return `${label}: ${this.#loop(scope, place, label)}`
      case 1:
        return `${label}: ${this.#forOf(scope, place, label)}`
      default:
        return `${label}: ${this.#body(scope, { ...place, labels: [...place.labels, { name: label, isLoop: false }] })}`
    }
  }

  #switch(scope: Scope, place: Place): string {
    const random = this.#random
    const head = { ...place, depth: 1 }
    const own = new Scope(scope)
    const inner = { ...this.#inner(place), mayBreak: true }
    const cases = Array.from({ length: random.between(1, 3) }, () => {
      const body = `${this.statement(new Scope(own), inner)}\n`
      // In braces, since what one case declares another would meet too early.
      return `case ${this.#expressions.number(scope, head)}: { ${body} }${random.chance(0.6) ? ' break;' : ''}\n`
    })
    const fallback = `default: { ${this.statement(new Scope(own), inner)} }\n`
    if (random.chance(0.7)) cases.splice(random.between(0, cases.length), 0, fallback)
    return `switch (${this.#number(scope, head)} % 4) {\n${cases.join('')}}`
  }

  #try(scope: Scope, place: Place): string {
    const random = this.#random
    const label = (): string => this.#expressions.label()
    const body = this.#body(scope, place)
    const binding = random.weighted([
      ['(error) ', 3],
      ['', 1],
      [`({ message: error = ${this.#expressions.number(scope, { ...place, depth: 0 })} }) `, 1],
    ])
    const handler = `catch ${binding}${this.#body(scope, place, `log(${label()}${binding === '' ? '' : ', told(error)'}); `)}`
    const finalizer = `finally ${this.#body(scope, place, `log(${label()}); `)}`
    return `try ${body} ${random.weighted([
      [handler, 3],
      [`${handler} ${finalizer}`, 2],
      [finalizer, 1],
    ])}`
  }

  #declareFunction(scope: Scope, place: Place, isGenerator: boolean): string {
    const { name, text } = this.#functions.declaration(scope, this.#inner(place), isGenerator)
    scope.add({ name, kind: isGenerator ? 'generator' : 'function', isMutable: false })
    return text
  }

  #declareClass(scope: Scope, place: Place): string {
    const { name, text, shape } = this.#classes.declaration(scope, place)
    scope.add({ name, kind: 'class', isMutable: false, shape })
    return text
  }

  /** Steps a generator by hand, in each way. */
  #drive(scope: Scope, place: Place): string | undefined {
    const random = this.#random
    const generator = scope.pick(random, 'generator')?.name
    if (generator === undefined) return undefined
    const name = this.#functions.name('it')
    const inner = { ...place, depth: 1 }
    const steps = Array.from({ length: random.between(1, 4) }, () => {
      const value = this.#expressions.number(scope, inner)
      const step = random.weighted([
        [`next(${value})`, 4],
        [`return(${value})`, 1],
        [`throw(new Error('t' + ${value}))`, 1],
      ])
      return `log(${this.#expressions.label()}, shown(${name}.${step}))`
    })
    return `const ${name} = ${generator}(${this.#expressions.args(scope, inner)}); ${steps.join('; ')}`
  }

  /** Closures made in a loop, called after it. */
  #closures(scope: Scope, place: Place): string {
    const random = this.#random
    const list = this.#functions.name('fs')
    const own = new Scope(scope)
    const name = this.#functions.name('n')
    own.add({ name, kind: 'number', isMutable: true })
    const head = random.pick([
      `for (let ${name} = 0; go() && ${name} < 3; ${name}++)`,
      `for (let ${name} of ${this.#expressions.iterable(scope, { ...place, depth: 1 })})`,
    ])
    const guard = head.includes(' of ') ? this.#functions.guard('break') : ''
    const value = this.#expressions.number(own, { ...place, depth: 1, isGenerator: false })
    return `const ${list} = []; ${head} { ${guard}${list}.push(() => go() ? (${name} = num(${name}) + 1) + ${value} : 0) }\nlog(${this.#expressions.label()}, ...${list}.map(f => f()))`
  }
}
