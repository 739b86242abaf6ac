import { misuse } from '../errors/misuse-gevent.ts'

/** What can be set. */
export interface Config {
  /** Whether each hub has its loop watched for greenlets that block it: `PLAIT_GEVENT_MONITOR_THREAD`. */
  monitorThread: boolean
  /** How many milliseconds a greenlet may run without waiting before it is reported: `PLAIT_GEVENT_MAX_BLOCKING_TIME`. */
  maxBlockingTime: number
  /** Whether reports of such are printed; subscribers are told in any case: `PLAIT_GEVENT_PRINT_BLOCKING_REPORTS`. */
  printBlockingReports: boolean
  /** Whether greenlets keep where they were spawned, for trees and reports: `PLAIT_GEVENT_TRACK_GREENLET_TREE`. */
  trackGreenletTree: boolean
}

/** One setting: what it is where nobody has said, and what it may be. */
interface Setting<T> {
  readonly fallback: T
  readonly takes: string
  readonly isRight: (value: unknown) => boolean
  /** Reads it from the environment; undefined for what makes no sense. */
  readonly read: (text: string) => T | undefined
}

const WORDS: Readonly<Record<string, boolean>> = {
  ...{ 1: true, true: true, on: true, yes: true },
  ...{ 0: false, false: false, off: false, no: false, '': false },
}

function flag(fallback: boolean): Setting<boolean> {
  return {
    fallback,
    takes: 'true or false',
    isRight: value => typeof value === 'boolean',
    read: text => WORDS[text.trim().toLowerCase()],
  }
}

function duration(fallback: number): Setting<number> {
  return {
    fallback,
    takes: 'milliseconds, more than 0',
    isRight: value => typeof value === 'number' && value > 0,
    read: text => (text.trim() === '' ? undefined : Number(text)),
  }
}

const SETTINGS: { readonly [K in keyof Config]: Setting<Config[K]> } = {
  monitorThread: flag(false),
  maxBlockingTime: duration(100),
  printBlockingReports: flag(true),
  trackGreenletTree: flag(false),
}

const names = Object.keys(SETTINGS) as readonly (keyof Config)[]
const values = new Map<keyof Config, unknown>()
const told: { readonly name: keyof Config; readonly tell: () => void }[] = []

/** Has a function called whenever this setting is set. */
export function onSetting(name: keyof Config, tell: () => void): void {
  told.push({ name, tell })
}

/** By which a setting is found in the environment: `maxBlockingTime` as `PLAIT_GEVENT_MAX_BLOCKING_TIME`. */
function variableOf(name: string): string {
  return `PLAIT_GEVENT_${name.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`
}

/** What was set, else what the environment says, else what there is for a start. */
function current(name: keyof Config): unknown {
  if (!values.has(name)) values.set(name, beginning(name))
  return values.get(name)
}

function beginning(name: keyof Config): unknown {
  const { fallback, isRight, read, takes } = SETTINGS[name]
  const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } }
  const variable = variableOf(name)
  const text = process?.env?.[variable]
  if (text === undefined) return fallback
  const value = read(text)
  if (!isRight(value)) throw misuse('badSetting', `the environment variable ${variable}`, takes, text)
  return value
}

function set(name: keyof Config, value: unknown): void {
  const { isRight, takes } = SETTINGS[name]
  if (!isRight(value)) throw misuse('badSetting', `config.${name}`, takes, value)
  const before = values.get(name)
  values.set(name, value)
  try {
    for (const one of told) if (one.name === name) one.tell()
  } catch (error) {
    // What cannot be had here (threads, in a browser) is not to be asked for again by everybody who comes.
    if (before === undefined) values.delete(name)
    else values.set(name, before)
    throw error
  }
}

/** The settings as properties, and nothing beside them. */
function properties(): Config {
  const made = {}
  for (const name of names) {
    const property = { enumerable: true, get: () => current(name), set: (value: unknown) => set(name, value) }
    Object.defineProperty(made, name, property)
  }
  const shown = (): object => Object.fromEntries(names.map(name => [name, current(name)]))
  Object.defineProperty(made, Symbol.for('nodejs.util.inspect.custom'), { value: shown })
  return Object.seal(made) as Config
}

/**
 * What can be set of gevent's part, for the whole thread: read and written as properties. What was not set is taken from
 * the environment, where a flag is 1 or 0, true or false, on or off, yes or no.
 *
 * @throws MisuseError for a setting that there is not, or a value that it cannot have
 * @example
 * ```ts
 * config.maxBlockingTime = 50
 * config.monitorThread = true
 * ```
 * @see gevent.config
 */
export const config: Config = new Proxy(properties(), {
  set: (settings, name, value) => {
    if (!Object.hasOwn(settings, name)) throw misuse('unknownSetting', name, names)
    return Reflect.set(settings, name, value)
  },
})
