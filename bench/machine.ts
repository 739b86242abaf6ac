import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'

/** Where and with what a run was made. */
export interface Machine {
  readonly node: string
  readonly v8: string
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGB: number
  /** Load of the last minute before the run: much more than 0 says that others were at work. */
  readonly load: number
  readonly packages: Readonly<Record<string, string>>
}

const compared = ['plait', 'effect', 'effection', 'piscina', 'tinypool', 'workerpool']

export function thisMachine(): Machine {
  const packages = compared.map(name => [name, versionOf(name)] as const)
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
    packages: Object.fromEntries(packages),
  }
}

export function showMachine({
  node,
  v8,
  system,
  processor,
  cores,
  memoryGB,
  load,
  packages,
}: Machine): string {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  return [
    `${versions.join(', ')}`,
    `Node ${node} (V8 ${v8}), ${system}, ${processor}, ${cores} cores, ${memoryGB} GB, load ${load.toFixed(2)}`,
  ].join('\n')
}

function versionOf(name: string): string {
  const file = join(import.meta.dirname, '../node_modules', name, 'package.json')
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version: unknown }).version)
}
