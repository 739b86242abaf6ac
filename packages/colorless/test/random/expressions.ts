import type { Random } from '../../../plait/test/differential/random.ts'
import type { Functions } from './functions.ts'
import type { Place, Scope } from './scope.ts'

type Write = (scope: Scope, place: Place) => string | undefined

/** Writes expressions; each of `number` gives a number, whatever is in it. */
export class Expressions {
  readonly random: Random
  readonly #functions: () => Functions
  #labels = 0

  constructor(random: Random, functions: () => Functions) {
    this.random = random
    this.#functions = functions
  }

  /** A label for the log, of its own for each place. */
  label(): string {
    this.#labels += 1
    return `'${this.#labels}'`
  }

  number(scope: Scope, place: Place): string {
    const deeper = { ...place, depth: place.depth - 1 }
    if (place.depth <= 0 || this.random.chance(0.15)) return this.#leaf(scope, place)
    for (;;) {
      const text = this.random.weighted(this.#writers)(scope, deeper)
      if (text !== undefined) return this.random.chance(0.2) ? `t(${this.label()}, ${text})` : text
    }
  }

  #leaf(scope: Scope, place: Place): string {
    const { random } = this
    const { self } = place
    if (self !== undefined && self.fields.length > 0 && random.chance(0.2))
      return `this.${random.pick(self.fields)}`
    if (place.privates.fields.length > 0 && random.chance(0.2))
      return `this.#${random.pick(place.privates.fields)}`
    if (place.hasArguments && random.chance(0.05)) return 'arguments.length'
    if (place.hasNewTarget && random.chance(0.05)) return '(new.target === undefined ? 1 : 2)'
    const variable = random.chance(0.7) ? scope.pick(random, 'number') : undefined
    return variable?.name ?? String(random.between(0, 9))
  }

  condition(scope: Scope, place: Place): string {
    const { random } = this
    const number = (): string => this.number(scope, place)
    switch (random.between(0, 4)) {
      case 0:
        return `${number()} ${random.pick(['<', '>', '<=', '===', '!=='])} ${number()}`
      case 1:
        return `!(${number()})`
      case 2:
        return `${number()} % 2`
      case 3:
        return `(${number()} > 3 ${random.pick(['&&', '||'])} ${number()} < 5)`
      default:
        return `t(${this.label()}, ${number()}) > ${random.between(0, 6)}`
    }
  }

  list(scope: Scope, place: Place): string {
    const { random } = this
    const inner = { ...place, depth: place.depth - 1 }
    const known = scope.pick(random, 'list')
    if (place.depth <= 0) return known?.name ?? `[${random.between(0, 9)}, ${random.between(0, 9)}]`
    switch (random.between(0, 8)) {
      case 0:
      case 1:
        return known?.name ?? '[1, 2, 3]'
      case 2:
        // In which order a comparator is asked is the engine's own business.
        if (random.chance(0.2))
          return `${this.list(scope, inner)}.toSorted((x, y) => (point(), num(x) - num(y)))`
        return `${this.list(scope, inner)}.${random.pick(['map', 'filter', 'flatMap'])}(${this.callback(scope, inner)})`
      case 3:
        return `[...${this.iterable(scope, inner)}, ${this.number(scope, inner)}].slice(0, 6)`
      case 4:
        return `Array.from(${this.iterable(scope, inner)}, ${this.callback(scope, inner)}).slice(0, 6)`
      case 5:
        return `[${this.number(scope, inner)}, , ${this.number(scope, inner)}]`
      case 6:
        return `Array.from({ length: ${random.between(0, 4)} }, ${this.callback(scope, inner)})`
      default:
        return `[${Array.from({ length: random.between(0, 3) }, () => this.number(scope, inner)).join(', ')}]`
    }
  }

  /** Something to iterate, over by itself after a while. */
  iterable(scope: Scope, place: Place): string {
    const { random } = this
    const generator = scope.pick(random, 'generator')
    const instance = scope.pick(random, 'instance')
    switch (random.between(0, 6)) {
      case 0:
      case 1:
        if (generator !== undefined) return `${generator.name}(${this.args(scope, place)})`
        break
      case 2:
        if (instance?.shape?.isIterable === true) return instance.name
        break
      case 3:
        if (instance?.shape !== undefined && instance.shape.generators.length > 0)
          return `${instance.name}.${random.pick(instance.shape.generators)}(${this.args(scope, place)})`
        break
      case 4:
        return `new Set(${this.list(scope, place)})`
      case 5:
        return `upTo(${random.between(0, 4)}, ${this.label()})`
    }
    return this.list(scope, place)
  }

  args(scope: Scope, place: Place): string {
    const { random } = this
    const inner = { ...place, depth: place.depth - 1 }
    const args = Array.from({ length: random.between(0, 3) }, () =>
      random.chance(0.1) ? `...${this.list(scope, inner)}` : this.number(scope, inner),
    )
    return args.join(', ')
  }

  /** A function for a method of arrays: of one or more numbers, gives a number. */
  callback(scope: Scope, place: Place): string {
    const known = scope.pick(this.random, 'function')
    if (known !== undefined && this.random.chance(0.3)) return known.name
    return this.#functions().expression(scope, place)
  }

  /** An object that has the numbers a, b and maybe more. */
  record(scope: Scope, place: Place): string {
    const { random } = this
    const inner = { ...place, depth: place.depth - 1 }
    const parts = [`a: ${this.number(scope, inner)}`, `b: ${this.number(scope, inner)}`]
    if (random.chance(0.3)) parts.push(`[${this.key(scope, inner)}]: ${this.number(scope, inner)}`)
    if (random.chance(0.3)) parts.push(this.#functions().objectMethod(scope, inner))
    if (random.chance(0.2)) parts.push(`get d() { log(${this.label()}); return this.a }`)
    if (random.chance(0.2)) parts.unshift(`...${scope.pick(random, 'record')?.name ?? '{ c: 3 }'}`)
    if (random.chance(0.1)) parts.unshift(`__proto__: { a: 9, up(x) { return t(${this.label()}, x) } }`)
    return `{ ${random.chance(0.2) ? parts.toReversed().join(', ') : parts.join(', ')} }`
  }

  key(scope: Scope, place: Place): string {
    return this.random.chance(0.6)
      ? `t(${this.label()}, '${this.random.pick(['a', 'b', 'c'])}')`
      : `(${this.number(scope, place)} > 4 ? 'a' : 'c')`
  }

  readonly #writers: readonly (readonly [Write, number])[] = [
    [(scope, place) => this.#leaf(scope, place), 1],
    [(scope, place) => this.#binary(scope, place), 5],
    [(scope, place) => this.#callFunction(scope, place), 6],
    [(scope, place) => this.#callMethod(scope, place), 5],
    [(scope, place) => this.#choice(scope, place), 3],
    [(scope, place) => this.#assign(scope, place), 3],
    [(scope, place) => this.#ofList(scope, place), 4],
    [(scope, place) => this.#ofRecord(scope, place), 4],
    [(scope, place) => this.#odd(scope, place), 3],
    [(scope, place) => this.#makeObject(scope, place), 3],
    [(scope, place) => this.#step(scope, place), 2],
    [(scope, place) => this.#ofThis(scope, place), 6],
  ]

  #binary(scope: Scope, place: Place): string {
    const { random } = this
    const [a, b] = [this.number(scope, place), this.number(scope, place)]
    const operator = random.pick(['+', '-', '*', '&', '|', '^', '>>', ','])
    return operator === ',' ? `(${a}, ${b})` : `((${a} ${operator} ${b}) % 997)`
  }

  #callFunction(scope: Scope, place: Place): string | undefined {
    const { random } = this
    const fn = scope.pick(random, 'function')?.name
    if (fn === undefined) return `(${this.#functions().expression(scope, place)})(${this.args(scope, place)})`
    const args = this.args(scope, place)
    const list = this.list(scope, { ...place, depth: place.depth - 1 })
    return random.weighted([
      [`${fn}(${args})`, 8],
      [`${fn}?.(${args})`, 1],
      [`${fn}.call(${['undefined', args].filter(Boolean).join(', ')})`, 1],
      [`${fn}.apply(null, ${list})`, 1],
      [`${fn}.bind(null)(${args})`, 1],
      [`${fn}(...${list})`, 1],
      [`(0, ${fn})(${args})`, 0.5],
      [`Reflect.apply(${fn}, undefined, [${args}])`, 0.5],
      [`tag\`a\${${this.number(scope, place)}}b\${${fn}(${args})}\``, 2],
    ])
  }

  #callMethod(scope: Scope, place: Place): string | undefined {
    const { random } = this
    const of = random.chance(0.7) ? scope.pick(random, 'instance') : scope.pick(random, 'class')
    if (of?.shape === undefined) return undefined
    const args = this.args(scope, place)
    if (of.kind === 'class') {
      if (of.shape.statics.length === 0 || random.chance(0.3))
        return this.#make(of.name, of.shape.methods, args)
      return `${of.name}.${random.pick(of.shape.statics)}(${args})`
    }
    const { methods, fields, accessors } = of.shape
    if (accessors.length > 0 && random.chance(0.2)) return `${of.name}.${random.pick(accessors)}`
    if (fields.length > 0 && random.chance(0.2)) return `num(${of.name}.${random.pick(fields)})`
    if (methods.length === 0) return undefined
    const method = random.pick(methods)
    return random.weighted([
      [`${of.name}.${method}(${args})`, 6],
      [`${of.name}?.${method}(${args})`, 1],
      [`${of.name}[t(${this.label()}, '${method}')](${args})`, 1],
      [`(${of.name}.none?.(${args || '1'}) ?? ${random.between(0, 9)})`, 0.5],
    ])
  }

  #make(name: string, methods: readonly string[], args: string): string {
    if (methods.length === 0) return `(new ${name}(${args}) instanceof ${name} ? 1 : 0)`
    return `new ${name}(${args}).${this.random.pick(methods)}(${args})`
  }

  #choice(scope: Scope, place: Place): string {
    const [a, b] = [this.number(scope, place), this.number(scope, place)]
    switch (this.random.between(0, 4)) {
      case 0:
        return `(${a} && ${b})`
      case 1:
        return `(${a} || ${b})`
      case 2:
        return `(maybe(${a}) ?? ${b})`
      default:
        return `(${this.condition(scope, place)} ? ${a} : ${b})`
    }
  }

  #assign(scope: Scope, place: Place): string | undefined {
    const { random } = this
    const name = scope.pick(random, 'number', true)?.name
    const record = scope.pick(random, 'record')?.name
    const value = this.number(scope, place)
    const member =
      record &&
      (random.chance(0.5) ? `${record}[${this.key(scope, place)}]` : `${record}.${random.pick(['a', 'b'])}`)
    const target = random.chance(0.5) ? (name ?? member) : (member ?? name)
    if (target === undefined) return undefined
    switch (random.between(0, 6)) {
      case 0:
        return `(${target} = ${value})`
      case 1:
        return `(${target} ${random.pick(['+=', '-=', '^=', '|='])} ${value})`
      case 2:
        return `(${target} ${random.pick(['&&=', '||=', '??='])} ${value})`
      case 3:
        return random.chance(0.5) ? `${target}++` : `--${target}`
      case 4:
        return `([${target} = ${this.number(scope, place)}] = [${value}])[0]`
      case 5:
        return `({ a: ${target} = ${this.number(scope, place)} } = ${this.record(scope, place)}).a`
      default:
        return `(${target} = (${target} + ${value}) % 997)`
    }
  }

  #ofList(scope: Scope, place: Place): string {
    const { random } = this
    const list = this.list(scope, place)
    const callback = (): string => this.callback(scope, place)
    return random.weighted([
      [`${list}.length`, 1],
      [`num(${list}[${random.between(0, 3)}])`, 2],
      [`num(${list}.at(t(${this.label()}, -1)))`, 1],
      [`${list}.reduce(${callback()}, ${this.number(scope, place)})`, 2],
      [`${list}.reduceRight(${callback()}, 0)`, 1],
      [`num(${list}.${random.pick(['find', 'findLast', 'findIndex', 'findLastIndex'])}(${callback()}))`, 2],
      [`(${list}.${random.pick(['some', 'every'])}(${callback()}) ? 1 : 0)`, 2],
      [`num(${list}.forEach(${callback()}))`, 1],
      [`new Set(${list}).size`, 1],
      [`Math.max(0, ...${this.iterable(scope, place)})`, 2],
      [`'a1b2'.replace(/\\d/g, ${callback()}).length`, 1],
      [`num(new Map([[1, 2]]).forEach(${callback()}))`, 0.5],
    ])
  }

  #ofRecord(scope: Scope, place: Place): string {
    const { random } = this
    const record = scope.pick(random, 'record')?.name ?? `(${this.record(scope, place)})`
    return random.weighted([
      [`num(${record}.${random.pick(['a', 'b', 'c', 'd'])})`, 3],
      [`num(${record}[${this.key(scope, place)}])`, 2],
      [`num(${record}?.[${this.key(scope, place)}])`, 1],
      [`num(${record}.m?.(${this.args(scope, place)}))`, 3],
      [`num(${record}.none?.[${this.key(scope, place)}].x(${this.args(scope, place)}))`, 1],
      [`(${this.key(scope, place)} in ${record} ? 1 : 0)`, 1],
      [`(delete ${record}[${this.key(scope, place)}] ? 1 : 0)`, 0.5],
      [`Object.keys(${record}).length`, 0.5],
    ])
  }

  #odd(scope: Scope, place: Place): string {
    const { random } = this
    const value = this.number(scope, place)
    return random.weighted([
      [`\`x\${${value}}y\${${this.number(scope, place)}}\`.length`, 2],
      [`(typeof ${value}).length`, 1],
      [`num(void ${value})`, 1],
      [`(-(${value}))`, 1],
      [`(() => { ${this.#functions().guard('return 0')}return ${value} })()`, place.isGenerator ? 0 : 1],
      [`(point(), ${value})`, 3],
      [`Number(${random.between(0, 99)}n * BigInt(${random.between(0, 9)}))`, 0.3],
      [`(/${random.pick(['a', '[b/]', '\\d'])}/.test('b') ? ${value} : 0)`, 0.5],
    ])
  }

  #makeObject(scope: Scope, place: Place): string | undefined {
    const of = scope.pick(this.random, 'class')
    if (of?.shape === undefined) return undefined
    return this.#make(of.name, of.shape.methods, this.args(scope, place))
  }

  #step(scope: Scope, place: Place): string | undefined {
    if (place.isGenerator) return `num(yield ${this.number(scope, place)})`
    const generator = scope.pick(this.random, 'generator')?.name
    if (generator === undefined) return undefined
    const args = this.args(scope, place)
    return this.random.weighted([
      [`num(${generator}(${args}).next().value)`, 2],
      [`num((([x = ${this.number(scope, place)}, y]) => x)(${generator}(${args})))`, 1],
      [`num(${generator}(${args}).return(${this.number(scope, place)}).value)`, 0.5],
    ])
  }

  #ofThis(scope: Scope, place: Place): string | undefined {
    const { random } = this
    const { self, parent, privates } = place
    if (self === undefined) return undefined
    const args = this.args(scope, place)
    if (privates.methods.length > 0 && random.chance(0.2))
      return `this.#${random.pick(privates.methods)}(${args})`
    if (privates.fields.length > 0 && random.chance(0.2))
      return `(this.#${random.pick(privates.fields)} ${random.pick(['=', '+=', '??=', '&&='])} ${this.number(scope, place)})`
    if (parent !== undefined && parent.methods.length > 0 && random.chance(0.5))
      return `super.${random.pick(parent.methods)}(${args})`
    if (self.accessors.length > 0 && random.chance(0.2))
      return `(this.${random.pick(self.accessors)} ${random.pick(['=', '+='])} ${this.number(scope, place)})`
    if (self.methods.length === 0) return undefined
    return `num(this.${random.pick(self.methods)}${random.chance(0.2) ? '?.' : ''}(${args}))`
  }
}
