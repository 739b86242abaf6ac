import { patchArea } from './monkey/patch-area.ts'

export { type PatchAllOptions, patchAll } from './monkey/patch-all.ts'
export { getOriginal, isModulePatched, isObjectPatched } from './monkey/patched.ts'

/**
 * Makes the `*Sync` functions of `node:fs` cooperative, and those of its open directories. See `patchAll`.
 *
 * @returns false if a subscriber of `events` did not let it
 * @throws MisuseError where there is no `node:fs`
 * @example
 * ```ts
 * monkey.patchFs()
 * spawn(() => console.log(readFileSync('big.json').length)) // others run while it is read
 * ```
 */
export function patchFs(): boolean {
  return patchArea('fs')
}

/**
 * Makes `execSync`, `execFileSync` and `spawnSync` cooperative. A greenlet that is ended while it waits kills the child.
 * See `patchAll`.
 *
 * @returns false if a subscriber of `events` did not let it
 * @throws MisuseError where there is no `node:child_process`
 * @example
 * ```ts
 * monkey.patchChildProcess()
 * spawn(() => console.log(execSync('git log -1', { encoding: 'utf8' })))
 * ```
 * @see gevent.monkey.patch_subprocess
 */
export function patchChildProcess(): boolean {
  return patchArea('childProcess')
}

/**
 * Makes `Atomics.wait` cooperative, which is also how synchronous code sleeps. See `patchAll`.
 *
 * @returns false if a subscriber of `events` did not let it
 * @example
 * ```ts
 * monkey.patchAtomics()
 * spawn(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)) // others run for 100 ms
 * ```
 * @see gevent.monkey.patch_time
 */
export function patchAtomics(): boolean {
  return patchArea('atomics')
}

/**
 * Makes the `*Sync` functions of `node:crypto` cooperative, and `randomBytes` and `randomInt` where they are called without a
 * callback. See `patchAll`.
 *
 * @returns false if a subscriber of `events` did not let it
 * @throws MisuseError where there is no `node:crypto`
 * @example
 * ```ts
 * monkey.patchCrypto()
 * spawn(() => scryptSync(password, salt, 64)) // on a thread of the pool
 * ```
 */
export function patchCrypto(): boolean {
  return patchArea('crypto')
}

/**
 * Makes the `*Sync` functions of `node:zlib` cooperative. See `patchAll`.
 *
 * @returns false if a subscriber of `events` did not let it
 * @throws MisuseError where there is no `node:zlib`
 * @example
 * ```ts
 * monkey.patchZlib()
 * spawn(() => gzipSync(log)) // on a thread of the pool
 * ```
 */
export function patchZlib(): boolean {
  return patchArea('zlib')
}

/**
 * Has the lookups of `node:dns`, and those of its resolvers, wait in a greenlet where they are called without a callback:
 * they give what those of `dns.promises` do. `dns.setServers` makes new functions: patch again after it. See `patchAll`.
 *
 * @returns false if a subscriber of `events` did not let it
 * @throws MisuseError where there is no `node:dns`
 * @example
 * ```ts
 * monkey.patchDns()
 * spawn(() => console.log(dns.resolve4('example.org')))
 * ```
 * @see gevent.monkey.patch_dns
 */
export function patchDns(): boolean {
  return patchArea('dns')
}
