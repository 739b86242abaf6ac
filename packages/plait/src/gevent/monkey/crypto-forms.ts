import type { AnyFunction } from '../../coroutine/twin.ts'
import { calledBack, type Form } from './cooperative.ts'

type Functions = Readonly<Record<string, AnyFunction | undefined>>

/** How many arguments each takes that has an asynchronous form of the same ones. */
const ARITIES: Readonly<Record<string, number>> = {
  argon2: 2,
  checkPrime: 2,
  generateKey: 2,
  generatePrime: 2,
  hkdf: 5,
  pbkdf2: 5,
  randomFill: 3,
  scrypt: 4,
}

/** The forms of the blocking functions of `crypto`, by their names. */
export function cryptoForms(crypto: object): Record<string, Form> {
  const functions = crypto as Functions
  const forms: Record<string, Form> = {}
  for (const [name, arity] of Object.entries(ARITIES)) {
    const asynchronous = functions[name]
    if (asynchronous !== undefined) forms[`${name}Sync`] = { begin: calledBack(asynchronous, arity) }
  }
  const { generateKeyPair, randomBytes, randomInt } = functions
  if (generateKeyPair !== undefined) forms.generateKeyPairSync = { begin: keyPair(generateKeyPair) }
  if (randomBytes !== undefined) forms.randomBytes = withoutCallback(randomBytes, 1)
  if (randomInt !== undefined) forms.randomInt = withoutCallback(randomInt, 2)
  return forms
}

/** It gives two keys, one by one where it calls back. */
function keyPair(generate: AnyFunction): Form['begin'] {
  return (_self, [type, options], done) => {
    const call = generate as unknown as (
      type: unknown,
      options: unknown,
      callback: (error: unknown, publicKey: unknown, privateKey: unknown) => void,
    ) => void
    call(type, options, (error, publicKey, privateKey) => done(error, { publicKey, privateKey }))
    return undefined
  }
}

/** One function is both: it blocks if it is given no callback. */
function withoutCallback(both: AnyFunction, arity: number): Form {
  return {
    begin: calledBack(both, arity),
    isPlain: args => args.slice(0, arity + 1).some(arg => typeof arg === 'function'),
  }
}
